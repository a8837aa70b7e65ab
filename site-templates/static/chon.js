/* A field that offers names as one types, without accents: the ARIA combobox with a list. */
window.chon = function (field, offer, take) {
  "use strict";
  /* offer(text): [{ title, note, value }]; take(value) when one is chosen. */
  var list = document.createElement("ul");
  var shown = [], at = -1;
  list.id = field.id + "-ds";
  list.className = "offers";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", field.placeholder);
  field.after(list);
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-controls", list.id);
  field.setAttribute("aria-expanded", "false");
  field.setAttribute("aria-autocomplete", "list");

  function mark(next) {
    at = next;
    Array.prototype.forEach.call(list.children, function (item, place) {
      item.setAttribute("aria-selected", String(place === at));
      if (place === at) item.scrollIntoView({ block: "nearest" });
    });
    if (at >= 0) field.setAttribute("aria-activedescendant", list.id + "-" + at);
    else field.removeAttribute("aria-activedescendant");
  }

  function open() {
    shown = offer(field.value);
    list.textContent = "";
    shown.forEach(function (one, place) {
      var item = list.appendChild(document.createElement("li"));
      item.id = list.id + "-" + place;
      item.setAttribute("role", "option");
      item.textContent = one.title;
      if (one.note) {
        var note = item.appendChild(document.createElement("span"));
        note.className = "sm";
        note.textContent = one.note;
      }
      /* mousedown, for the field loses its focus before a click is whole. */
      item.addEventListener("mousedown", function (event) { event.preventDefault(); choose(place); });
    });
    list.hidden = !shown.length;
    field.setAttribute("aria-expanded", String(!list.hidden));
    mark(shown.length && field.value.trim() ? 0 : -1);
  }

  function close() {
    list.hidden = true;
    field.setAttribute("aria-expanded", "false");
    mark(-1);
  }

  function choose(place) {
    var one = shown[place];
    if (!one) return;
    field.value = "";
    close();
    take(one.value);
  }

  field.addEventListener("input", open);
  field.addEventListener("focus", open);
  field.addEventListener("click", open);
  field.addEventListener("blur", close);
  field.addEventListener("keydown", function (event) {
    if (event.key === "ArrowDown") { if (list.hidden) open(); mark(Math.min(at + 1, shown.length - 1)); }
    else if (event.key === "ArrowUp") mark(Math.max(at - 1, 0));
    else if (event.key === "Enter") choose(at);
    else if (event.key === "Escape") { close(); field.value = ""; }
    else return;
    event.preventDefault();
  });
};
