/* Comfort only: every text, table and chart is on the page without this script. */
(function () {
  "use strict";
  document.querySelectorAll("[data-print]").forEach(function (button) {
    button.hidden = false;
    button.onclick = function () { window.print(); };
  });

  /* The search field of every page leads to the search page, which reads what was typed behind its #. */
  var form = document.querySelector(".find-top");
  var field = form && form.querySelector("input");
  if (!field) return;
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    window.location.href = form.getAttribute("action") + "#tim=" + encodeURIComponent(field.value.trim());
  });
  document.addEventListener("keydown", function (event) {
    var typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
    if (event.key !== "/" || typing || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    (document.querySelector("form.find:not([hidden]) input") || field).focus();
  });
})();
