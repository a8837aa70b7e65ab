/* Slides: one at a time, by key, click or swipe. Without this script they stand one under another. */
(function () {
  "use strict";
  var slides = Array.prototype.slice.call(document.querySelectorAll(".slide"));
  var help = document.querySelector(".help");
  var at = 0;
  document.documentElement.classList.add("js");

  function show(to, quiet) {
    if (to !== at) { help.hidden = true; }
    at = Math.max(0, Math.min(slides.length - 1, to));
    slides.forEach(function (slide, i) { slide.classList.toggle("on", i === at); });
    if (!quiet) { history.replaceState(null, "", "#" + (at + 1)); }
    window.scrollTo(0, 0);
  }
  function fromHash() {
    var asked = parseInt(location.hash.slice(1), 10);
    return asked >= 1 ? asked - 1 : 0;
  }
  function fullscreen() {
    if (document.fullscreenElement) { document.exitFullscreen(); }
    else if (document.documentElement.requestFullscreen) { document.documentElement.requestFullscreen(); }
  }
  function notes() { document.documentElement.classList.toggle("with-notes"); }

  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.altKey || event.metaKey) { return; }
    var on = event.target.closest && event.target.closest("a, button");
    switch (event.key) {
      case "ArrowRight": case "ArrowDown": case "PageDown": show(at + 1); break;
      case " ": if (event.shiftKey) { show(at - 1); } else { show(at + 1); } break;
      case "Enter": if (on) { return; } show(at + 1); break;
      case "ArrowLeft": case "ArrowUp": case "PageUp": case "Backspace": show(at - 1); break;
      case "Home": show(0); break;
      case "End": show(slides.length - 1); break;
      case "f": case "F": fullscreen(); break;
      case "n": case "N": notes(); break;
      case "p": case "P": window.print(); break;
      case "?": help.hidden = !help.hidden; break;
      case "Escape": if (!document.fullscreenElement) { location.href = slides[0].querySelector(".end a").href; } break;
      default: return;
    }
    event.preventDefault();
  });

  /* The outer fifths of the screen turn the slide; the middle is left for reading, selecting and links. */
  document.addEventListener("click", function (event) {
    if (event.target.closest("a, button, .say") || String(window.getSelection())) { return; }
    var where = event.clientX / window.innerWidth;
    if (where > 0.8) { show(at + 1); } else if (where < 0.2) { show(at - 1); }
  });

  var from = null;
  document.addEventListener("touchstart", function (event) {
    from = event.touches.length === 1 ? event.touches[0] : null;
  }, { passive: true });
  document.addEventListener("touchend", function (event) {
    if (!from) { return; }
    var to = event.changedTouches[0];
    var across = to.clientX - from.clientX;
    if (Math.abs(across) > 60 && Math.abs(across) > 2 * Math.abs(to.clientY - from.clientY)) {
      show(at + (across < 0 ? 1 : -1));
    }
    from = null;
  });

  window.addEventListener("hashchange", function () { show(fromHash(), true); });
  show(fromHash(), !location.hash);
  help.hidden = false;
  setTimeout(function () { help.hidden = true; }, 4000);
})();
