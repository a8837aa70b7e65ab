/* Tables: sorting by a click on a heading, filtering where there are many rows, copying for Word and Excel.
   What it adds is in the page already, hidden (parts.html), or has no words of its own. */
window.bang = (function () {
  "use strict";
  var MANY = 12;
  var SIGNS = { "…": true, "x": true, "•": true, "": true };
  var byName = new Intl.Collator("vi", { numeric: true });

  /* ---- reading a table ---- */

  /* Without the marks of footnotes and the small second lines. */
  function text(cell) {
    var copy = cell.cloneNode(true);
    copy.querySelectorAll("sup, .sm, svg").forEach(function (part) { part.remove(); });
    return copy.textContent.replace(/\s+/g, " ").trim();
  }

  /* The cell of a row that covers a column. */
  function covering(row, column) {
    var at = 0;
    return Array.prototype.find.call(row.cells, function (cell) { at += cell.colSpan; return at > column; });
  }

  /* The headings that stand right above one column, by that column. */
  function headings(table) {
    var taken = [], last = table.tHead.rows.length - 1, found = [];
    Array.prototype.forEach.call(table.tHead.rows, function (row, line) {
      var column = 0;
      taken[line] = taken[line] || [];
      Array.prototype.forEach.call(row.cells, function (cell) {
        while (taken[line][column]) column += 1;
        for (var down = 0; down < cell.rowSpan; down += 1) {
          taken[line + down] = taken[line + down] || [];
          for (var across = 0; across < cell.colSpan; across += 1) taken[line + down][column + across] = true;
        }
        if (cell.colSpan === 1 && line + cell.rowSpan - 1 === last) found[column] = cell;
        column += cell.colSpan;
      });
    });
    return found;
  }

  function isHeading(row) { return row.classList.contains("sub"); }
  function isSum(row) { return row.classList.contains("sum"); }
  function isPart(row) { return Boolean(row.querySelector("th.part")); }

  /* ---- sorting ---- */

  var DAY = /^(\d{1,2})\/(\d{1,2})\/(\d{4})/;

  /* What a cell is sorted by: a number, or a text without the type of a unit; null for a sign. */
  function key(cell, numbers) {
    var said = cell ? text(cell) : "";
    if (SIGNS[said]) return null;
    if (!numbers) return said.replace(/^(Xã|Phường|Đặc khu) /, "");
    var day = DAY.exec(said);
    if (day) return Number(day[3]) * 10000 + Number(day[2]) * 100 + Number(day[1]);
    var of = /^(\d[\d.]*)\/(\d[\d.]*)$/.exec(said);
    var number = function (written) { return Number(written.replace(/\./g, "").replace(",", ".").replace("−", "-").replace("+", "")); };
    if (of) return number(of[2]) ? number(of[1]) / number(of[2]) * 100 : null;
    var first = /[+−-]?\d[\d.]*(,\d+)?/.exec(said);
    return first ? number(first[0]) : null;
  }

  function areNumbers(rows, column) {
    var said = rows.map(function (row) { return covering(row, column); }).filter(Boolean).map(text)
      .filter(function (one) { return !SIGNS[one]; });
    return said.length > 0 && said.every(function (one) { return /^(trên |dưới |ít nhất |nhiều nhất )?[+−-]?\d/.test(one); });
  }

  /* Rows that stay together: a row with its parts, between headings; totals keep their place. */
  function stretches(rows) {
    var all = [], open = null;
    rows.forEach(function (row) {
      if (isHeading(row) || isSum(row)) { all.push({ fixed: row }); open = null; return; }
      if (!open) { open = { bundles: [] }; all.push(open); }
      if (isPart(row) && open.bundles.length) open.bundles[open.bundles.length - 1].push(row);
      else open.bundles.push([row]);
    });
    return all;
  }

  function sort(body, original, column, way, numbers) {
    var ordered = document.createDocumentFragment();
    stretches(original).forEach(function (stretch) {
      if (stretch.fixed) { ordered.appendChild(stretch.fixed); return; }
      var bundles = stretch.bundles.map(function (rows, at) { return { rows: rows, at: at, key: key(covering(rows[0], column), numbers) }; });
      if (way) bundles.sort(function (a, b) {
        if (a.key === null || b.key === null) return (a.key === null) - (b.key === null) || a.at - b.at;
        return way * (numbers ? a.key - b.key : byName.compare(a.key, b.key)) || a.at - b.at;
      });
      bundles.forEach(function (bundle) { bundle.rows.forEach(function (row) { ordered.appendChild(row); }); });
    });
    body.appendChild(ordered);
  }

  function makeSortable(table) {
    var body = table.tBodies[0], original = Array.prototype.slice.call(body.rows);
    var own = original.filter(function (row) { return !isHeading(row) && !isSum(row); });
    if (own.length < 3) return;
    var heads = headings(table);
    heads.forEach(function (head, column) {
      var drawn = own.every(function (row) { var cell = covering(row, column); return !cell || SIGNS[text(cell)]; });
      /* A heading that leads somewhere is no button besides. */
      if (!head || drawn || head.querySelector("a") || !head.textContent.trim()) return;
      var numbers = areNumbers(own, column);
      var button = document.createElement("button");
      button.type = "button";
      button.className = "sort";
      while (head.firstChild) button.appendChild(head.firstChild);
      head.appendChild(button);
      /* Numbers fall first, names rise first; the third click brings back the order of the page. */
      var ways = numbers ? ["descending", "ascending"] : ["ascending", "descending"];
      button.addEventListener("click", function () {
        var next = ways[ways.indexOf(head.getAttribute("aria-sort")) + 1];
        heads.forEach(function (other) { if (other) other.removeAttribute("aria-sort"); });
        if (next) head.setAttribute("aria-sort", next);
        sort(body, original, column, !next ? 0 : next === "ascending" ? 1 : -1, numbers);
      });
    });
  }

  /* ---- filtering ---- */

  function fold(said) {
    return said.toLowerCase().replace(/đ/g, "d").normalize("NFD").replace(/[\u0300-\u036f]/g, "");
  }

  function makeFilter(table, tools) {
    var rows = Array.prototype.slice.call(table.tBodies[0].rows);
    var own = rows.filter(function (row) { return !isHeading(row) && !isSum(row); });
    if (own.length <= MANY) return;
    var said = own.map(function (row) { return fold(row.textContent); });
    var field = document.createElement("input");
    field.type = "search";
    field.placeholder = "Lọc hàng";
    field.setAttribute("aria-label", "Lọc hàng của bảng theo chữ, không cần dấu");
    tools.prepend(field);
    var told = tools.querySelector(".said");
    field.addEventListener("input", function () {
      var words = fold(field.value).split(/\s+/);
      var count = 0;
      own.forEach(function (row, at) {
        row.hidden = !words.every(function (word) { return said[at].includes(word); });
        count += row.hidden ? 0 : 1;
      });
      /* A heading without rows below it says nothing. */
      var heading = null;
      Array.prototype.forEach.call(table.tBodies[0].rows, function (row) {
        if (isHeading(row)) { heading = row; row.hidden = true; }
        else if (heading && !row.hidden) heading.hidden = false;
      });
      var all = count === own.length;
      tools.classList.toggle("narrowed", !all);
      told.textContent = all ? "" : "Đang lọc “" + field.value.trim() + "”: " + count + "/" + own.length + " hàng";
    });
  }

  /* ---- copying ---- */

  function escape(said) {
    return said.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
  }

  /* A cell in one line, its small print in brackets. */
  function plain(cell) {
    var small = Array.prototype.map.call(cell.querySelectorAll(".sm, .unit"), function (part) { return part.textContent.trim(); });
    var copy = cell.cloneNode(true);
    copy.querySelectorAll(".sm, .unit, svg, .vh").forEach(function (part) { part.remove(); });
    var first = copy.textContent.replace(/\s+/g, " ").trim();
    return [first].concat(small.filter(Boolean).map(function (part) { return "(" + part + ")"; })).join(" ").trim();
  }

  /* Period, coverage, lock and build of the page, and whose site it is. */
  function source() {
    var facts = Array.prototype.map.call(document.querySelectorAll(".facts > div"), function (fact) {
      return fact.querySelector("dt").textContent.trim() + ": " + fact.querySelector("dd").textContent.trim();
    });
    var notice = document.querySelector(".demo strong");
    var name = document.querySelector(".brand .name").cloneNode(true), above = name.querySelector(".above");
    if (above) above.after(" · ");
    return "Nguồn: " + [name.textContent.replace(/\s+/g, " ").trim()].concat(facts).join("; ") + "." + (notice ? " " + notice.textContent.trim() : "");
  }

  function written(table) {
    var heads = headings(table), rows = Array.prototype.filter.call(table.tBodies[0].rows, function (row) { return !row.hidden; });
    if (table.tFoot) rows = rows.concat(Array.prototype.slice.call(table.tFoot.rows));
    /* Columns of small drawings alone are left out, where nothing spans them. */
    var left = heads.map(function (head, column) {
      return Boolean(head) && head.rowSpan === table.tHead.rows.length && rows.every(function (row) {
        var cell = covering(row, column);
        return isHeading(row) || cell && cell.colSpan === 1 && cell.querySelector("svg") && !text(cell) || cell && SIGNS[text(cell)] && !cell.classList.contains("n");
      }) && rows.some(function (row) { var cell = covering(row, column); return cell && cell.querySelector("svg"); });
    });
    var drop = function (cell) { return heads.some(function (head, column) { return left[column] && head === cell; }); };
    /* Word goes by the styles, LibreOffice by the attributes. */
    var border = "border:0.5pt solid #000000;padding:2pt 4pt;";
    var html = "", tsv = [];
    Array.prototype.forEach.call(table.tHead.rows, function (row) {
      html += "<tr>";
      Array.prototype.forEach.call(row.cells, function (cell) {
        if (drop(cell)) return;
        html += "<th align=\"center\" style=\"" + border + "text-align:center;font-weight:bold\" colspan=\"" + cell.colSpan + "\" rowspan=\"" + cell.rowSpan + "\">" + escape(plain(cell)) + "</th>";
      });
      html += "</tr>";
    });
    tsv.push(columnNames(table, heads).filter(function (name, column) { return !left[column]; }).join("\t"));
    rows.forEach(function (row) {
      var line = [], column = 0;
      html += "<tr>";
      Array.prototype.forEach.call(row.cells, function (cell) {
        var at = column;
        column += cell.colSpan;
        if (left[at] && cell.colSpan === 1) return;
        var span = cell.colSpan;
        for (var over = at; over < column; over += 1) if (left[over] && cell.colSpan > 1) span -= 1;
        var side = /(^| )(n|mid)( |$)/.test(cell.className) ? (span > 1 ? "center" : "right") : "left", told = escape(plain(cell));
        var bold = isSum(row) || isHeading(row);
        var style = border + "text-align:" + side + ";" + (bold ? "font-weight:bold;" : "");
        html += "<td align=\"" + side + "\"" + (side === "left" ? "" : " nowrap") + " style=\"" + style + "\" colspan=\"" + span + "\">" + (bold ? "<b>" + told + "</b>" : told) + "</td>";
        line.push(plain(cell));
        for (var more = 1; more < span; more += 1) line.push("");
      });
      html += "</tr>";
      tsv.push(line.join("\t"));
    });
    var title = table.caption.querySelector(".fig-title").cloneNode(true);
    title.querySelectorAll(".no").forEach(function (number) { number.remove(); });
    var under = (table.caption.querySelector(".fig-sub") || { textContent: "" }).textContent.trim();
    var notes = Array.prototype.map.call(table.parentNode.querySelectorAll(".fn"), function (note) { return note.textContent.trim(); });
    var narrowed = table.parentNode.querySelector(".narrowed .said");
    if (narrowed) notes.unshift(narrowed.textContent + ".");
    notes.push(source());
    var name = title.textContent.trim();
    return {
      html: "<p><b>" + escape(name) + "</b><br>" + escape(under) + "</p>" +
        "<table border=\"1\" cellspacing=\"0\" cellpadding=\"3\" style=\"border-collapse:collapse;font-family:'Times New Roman',serif;font-size:" + (heads.length > 8 ? 11 : 12) + "pt\">" + html + "</table>" +
        notes.map(function (note) { return "<p style=\"font-size:10pt\"><i>" + escape(note) + "</i></p>"; }).join(""),
      text: [name, under].concat(tsv, notes).join("\n") + "\n"
    };
  }

  /* Heading over heading: `Năm 2029 – I`. */
  function columnNames(table, heads) {
    var groups = [], column = 0;
    Array.prototype.forEach.call(table.tHead.rows[0].cells, function (cell) {
      for (var across = 0; across < cell.colSpan; across += 1) groups[column + across] = cell;
      column += cell.colSpan;
    });
    return heads.map(function (head, at) {
      var group = groups[at] && groups[at] !== head ? plain(groups[at]) + " – " : "";
      return group + plain(head);
    });
  }

  /* By the event of copying, which gives both forms at once from a page opened from disk in every browser. */
  function give(both) {
    var given = false;
    function fill(event) {
      event.preventDefault();
      event.stopImmediatePropagation();
      event.clipboardData.setData("text/html", both.html);
      event.clipboardData.setData("text/plain", both.text);
      given = true;
    }
    document.addEventListener("copy", fill, true);
    try { document.execCommand("copy"); } finally { document.removeEventListener("copy", fill, true); }
    if (given) return Promise.resolve();
    var blob = function (kind, said) { return new Blob([said], { type: kind }); };
    return navigator.clipboard.write([new ClipboardItem({ "text/html": blob("text/html", both.html), "text/plain": blob("text/plain", both.text) })]);
  }

  function makeCopy(table, tools) {
    var told = tools.querySelector(".said"), button = tools.querySelector("[data-copy]");
    button.addEventListener("click", function () {
      var before = told.textContent;
      give(written(table)).then(
        function () { told.textContent = "Đã sao chép; dán vào Word hoặc Excel."; },
        function () { told.textContent = "Trình duyệt không cho sao chép; hãy bôi đen bảng rồi bấm Ctrl+C."; }
      ).then(function () { setTimeout(function () { told.textContent = before; }, 4000); });
    });
  }

  /* ---- every table below an element ---- */

  function ready(root) {
    root.querySelectorAll(".tw").forEach(function (frame) {
      var table = frame.querySelector("table"), tools = frame.querySelector(".tools");
      if (!table || !tools || !table.tHead || !table.tBodies.length || !table.caption) return;
      tools.hidden = false;
      frame.classList.add("has-tools");
      makeCopy(table, tools);
      makeFilter(table, tools);
      makeSortable(table);
    });
  }

  ready(document);
  return ready;
})();
