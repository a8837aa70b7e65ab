/* The search page: narrows the entries of tra-cuu.js as one types; what is typed stands behind the # of the address. */
(function () {
  "use strict";
  var MOST = 8;
  var form = document.querySelector("form.find");
  var field = document.getElementById("tim");
  var told = document.getElementById("tim-dem");
  var results = document.getElementById("ket-qua");
  var everything = document.getElementById("danh-muc");
  if (!form || !window.traCuu || !window.khop) return;

  /* Each group with its entries ready to be asked: [title, href, note, keys]. */
  var groups = window.traCuu.map(function (group) {
    return {
      title: group[0],
      rows: group[1],
      asked: group[1].map(function (row) { return window.khop.entry(row[0], row[2] + " " + row[3]); })
    };
  });

  function add(parent, name, text, kind) {
    var element = parent.appendChild(document.createElement(name));
    if (text) element.textContent = text;
    if (kind) element.className = kind;
    return element;
  }

  function show(text) {
    results.textContent = "";
    var found = groups
      .map(function (group) { return { group: group, hits: window.khop.rank(group.asked, text) }; })
      .filter(function (part) { return part.hits.length; });
    /* A slip of the finger is forgiven only where nothing in any group is spelt so. */
    var best = Math.max.apply(null, found.map(function (part) { return part.hits[0].score; }));
    found = found.filter(function (part) { return part.hits[0].score > best / 3; });
    found.sort(function (a, b) { return b.hits[0].score - a.hits[0].score; });
    var count = 0;
    found.forEach(function (part) {
      count += part.hits.length;
      var section = add(results, "section", "", "block");
      add(section, "h2", part.group.title + " (" + part.hits.length + ")", "topic full");
      var list = add(section, "ul", "", "names full");
      var put = function (hit) {
        var row = part.group.rows[hit.at];
        var item = add(list, "li");
        add(item, "a", row[0]).href = row[1];
        if (row[2]) { item.appendChild(document.createTextNode(" ")); add(item, "span", row[2], "sm"); }
      };
      part.hits.slice(0, MOST).forEach(put);
      if (part.hits.length > MOST) {
        var rest = add(add(section, "p", "", "acts full"), "button", "Thêm " + (part.hits.length - MOST) + " mục");
        rest.type = "button";
        rest.addEventListener("click", function () {
          part.hits.slice(MOST).forEach(put);
          rest.parentNode.remove();
          list.children[MOST].querySelector("a").focus();
        });
      }
    });
    var empty = !text.trim();
    results.hidden = empty;
    everything.hidden = !empty;
    told.textContent = empty ? "" : count ? "Tìm thấy " + count + " mục." : "Không có mục nào. Thử gõ ít chữ hơn.";
  }

  /* Also `?tim=`: what the field of another page sends where only its own script did not run. */
  function asked() {
    var at = /[#?&]tim=([^&#]*)/.exec(window.location.hash || window.location.search);
    try { return at ? decodeURIComponent(at[1].replace(/\+/g, " ")) : ""; } catch (fault) { return ""; }
  }

  function read() {
    field.value = asked();
    show(field.value);
  }

  field.addEventListener("input", function () {
    var state = field.value.trim() ? "#tim=" + encodeURIComponent(field.value.trim()) : window.location.pathname;
    window.history.replaceState(null, "", state);
    show(field.value);
  });
  window.addEventListener("hashchange", function () { if (/^#tim=/.test(window.location.hash)) read(); });

  /* Down and up walk through the results; Enter in the field opens the first; Escape begins anew. */
  document.addEventListener("keydown", function (event) {
    var links = Array.prototype.slice.call(results.querySelectorAll("a"));
    var at = links.indexOf(document.activeElement);
    var inside = at >= 0 || document.activeElement === field;
    if (!inside || results.hidden && event.key !== "Escape") return;
    if (event.key === "ArrowDown" && links[at + 1]) links[at + 1].focus();
    else if (event.key === "ArrowUp" && at >= 0) (links[at - 1] || field).focus();
    else if (event.key === "Escape") { field.value = ""; field.dispatchEvent(new Event("input")); field.focus(); }
    else return;
    event.preventDefault();
  });
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    var first = results.querySelector("a");
    if (first) window.location.href = first.href;
  });

  form.hidden = false;
  read();
  if (!/^#(?!tim=)./.test(window.location.hash)) field.focus();
})();
