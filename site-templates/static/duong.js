/* A line chart of up to four places, in the same classes as the charts of the build: direct labels, line
   style and marker beside colour, gaps that stay gaps. It sets published texts; it computes no figure. */
window.duong = (function () {
  "use strict";
  var NS = "http://www.w3.org/2000/svg";
  var ABSENT = { "…": "chưa báo cáo", "x": "không áp dụng", "•": "không công bố" };
  var pen = document.createElement("canvas").getContext("2d");

  function element(parent, name, attributes, text) {
    var one = parent.appendChild(document.createElementNS(NS, name));
    Object.keys(attributes).forEach(function (key) { one.setAttribute(key, attributes[key]); });
    if (text !== undefined) one.textContent = text;
    return one;
  }

  function width(text, weight) {
    pen.font = (weight || 600) + " 13px " + getComputedStyle(document.body).fontFamily;
    return pen.measureText(text).width;
  }

  /* Where a printed figure lies: `1.234,5`, `3/8` in per cent, the place of a class; null where there is none. */
  function position(text, classes) {
    if (ABSENT[text]) return null;
    if (classes.length) return classes.indexOf(text) < 0 ? null : classes.indexOf(text) + 1;
    var parts = text.split("/").map(function (part) {
      return Number(part.replace(/\./g, "").replace(",", ".").replace("−", "-"));
    });
    var at = parts.length > 1 ? 100 * parts[0] / parts[1] : parts[0];
    return Number.isFinite(at) ? at : null;
  }

  /* Round ticks that cover the values, as the charts of the build have them. */
  function scale(values, percent, most) {
    var low = Math.min.apply(null, values), high = Math.max.apply(null, values);
    if (!values.length) return [];
    if (!percent || low < high / 3) low = Math.min(low, 0);
    if (high - low < 1e-9) { low = percent ? Math.max(0, low - 5) : 0; high = high || 1; if (percent) high = low + 10; }
    var power = Math.pow(10, Math.floor(Math.log10((high - low) / most)));
    var step = [1, 2, 5, 10].map(function (by) { return by * power; })
      .find(function (by) { return Math.ceil(high / by - 1e-9) - Math.floor(low / by + 1e-9) <= most; });
    step = Math.max(step, 1);
    var ticks = [];
    for (var at = Math.floor(low / step + 1e-9); at <= Math.max(Math.ceil(high / step - 1e-9), Math.floor(low / step) + 1); at += 1) {
      ticks.push(at * step);
    }
    return ticks;
  }

  /* Hollow says that the figure may still change, so that the fourth marker is solid here. */
  function marker(parent, at, x, y, hollow, size) {
    var r = size || 4.6, kind = "p" + (at + 1) + (hollow ? " hol" : " sol");
    var points = [
      null,
      [[-r, -r], [r, -r], [r, r], [-r, r]],
      [[0, -r * 1.25], [r * 1.15, r * 0.85], [-r * 1.15, r * 0.85]],
      [[0, -r * 1.3], [r * 1.3, 0], [0, r * 1.3], [-r * 1.3, 0]]
    ][at];
    if (!points) return element(parent, "circle", { class: kind, cx: x, cy: y, r: r });
    return element(parent, "polygon", {
      class: kind,
      points: points.map(function (p) { return (x + p[0]).toFixed(1) + "," + (y + p[1]).toFixed(1); }).join(" ")
    });
  }

  function line(at) { return "line" + (at ? " l" + (at + 1) : ""); }

  /* The line and marker of the series at a place, for a legend. */
  function swatch(at) {
    var svg = document.createElementNS(NS, "svg");
    svg.setAttribute("class", "c");
    svg.setAttribute("viewBox", "0 0 34 14");
    svg.setAttribute("aria-hidden", "true");
    element(svg, "path", { class: line(at), d: "M1 7H33" });
    marker(svg, at, 17, 7, false, 4.2);
    return svg;
  }

  /* Labels at least a line apart, none beyond the ends. */
  function spread(labels, top, bottom) {
    labels.sort(function (a, b) { return a.y - b.y; });
    labels.forEach(function (label, at) {
      label.at = Math.max(label.y, at ? labels[at - 1].at + 16 : top);
    });
    for (var at = labels.length - 1; at >= 0; at -= 1) {
      labels[at].at = Math.min(labels[at].at, at < labels.length - 1 ? labels[at + 1].at - 16 : bottom);
    }
  }

  /* spec: { id, title, desc, unit, percent, classes, slots: [[title, year, part]], series: [{ name, cells, cuts }] };
     a cell is { text, open }, `open` when it may still change. */
  function draw(spec, wide) {
    var W = wide ? 760 : 340;
    var svg = document.createElementNS(NS, "svg");
    var id = spec.id + (wide ? "-w" : "-n");
    svg.setAttribute("class", wide ? "c c-w" : "c c-n");
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-labelledby", id + "t " + id + "d");
    element(svg, "title", { id: id + "t" }, spec.title);
    element(svg, "desc", { id: id + "d" }, spec.desc);

    var series = spec.series.map(function (one) {
      return {
        name: one.name, cuts: one.cuts, cells: one.cells,
        at: one.cells.map(function (cell) { return position(cell.text, spec.classes); })
      };
    });
    var values = [].concat.apply([], series.map(function (one) { return one.at; }))
      .filter(function (value) { return value !== null; });
    var ticks = spec.classes.length
      ? spec.classes.map(function (name, at) { return at + 1; })
      : scale(values, spec.percent, wide ? 6 : 5);
    var named = ticks.map(function (tick, at) {
      if (spec.classes.length) return spec.classes[at];
      return new Intl.NumberFormat("vi-VN").format(tick) + (spec.percent && at === ticks.length - 1 ? "%" : "");
    });

    /* On a phone the names stand in the legend above, and the line ends with its figure alone. */
    var ends = series.map(function (one, at) {
      var last = one.at.map(function (value) { return value !== null; }).lastIndexOf(true);
      var text = last < 0 ? "" : one.cells[last].text + (spec.percent && !/\//.test(one.cells[last].text) ? "%" : "");
      return { series: at, last: last, name: wide ? one.name : "", text: text };
    });
    var left = Math.ceil(Math.max.apply(null, named.map(function (text) { return width(text, 400); }).concat(14))) + 10;
    var right = Math.ceil(Math.max.apply(null, ends.map(function (end) {
      return width(end.text + (end.name ? " " + end.name : ""));
    }).concat(20))) + 16;
    right = Math.min(right, W * 0.42);
    var parts = spec.slots.some(function (slot) { return slot[2]; });
    var top = 26, floor = top + (wide ? 216 : 188);
    var slot = (W - left - right) / Math.max(spec.slots.length, 1);
    var showParts = parts && slot > (wide ? 30 : 30);
    var H = floor + (showParts ? 44 : 28);
    svg.setAttribute("viewBox", "0 0 " + W + " " + H);
    var x = function (at) { return left + (at + 0.5) * slot; };
    var low = ticks[0], high = ticks[ticks.length - 1];
    if (spec.classes.length) { low = 0.6; high = spec.classes.length + 0.2; }
    var y = function (value) { return floor - (value - low) / ((high - low) || 1) * (floor - top); };

    if (!spec.percent) element(svg, "text", { class: "t-q t-s", x: 0, y: 11 }, spec.classes.length ? "Xếp loại" : spec.unit);
    ticks.forEach(function (tick, at) {
      if (tick > low) element(svg, "path", { class: "grid", d: "M" + left + " " + y(tick).toFixed(1) + "H" + (W - right + 6) });
      element(svg, "text", { class: "e t-q", x: left - 8, y: (y(tick) + 4).toFixed(1) }, named[at]);
    });
    element(svg, "path", { class: "axis", d: "M" + left + " " + floor + "H" + (W - right + 6) });
    if (ticks.length && low > 0 && !spec.classes.length) {
      element(svg, "text", { class: "t-q t-s", x: left, y: 11 }, "Trục đứng bắt đầu từ " + named[0] + (spec.percent ? "%" : ""));
    }

    var years = [];
    spec.slots.forEach(function (one, at) {
      if (!years.length || years[years.length - 1].name !== one[1]) years.push({ name: one[1], from: at, to: at });
      years[years.length - 1].to = at;
      if (showParts) element(svg, "text", { class: "m t-q t-s", x: x(at).toFixed(1), y: floor + 18 }, one[2]);
    });
    years.forEach(function (year, at) {
      if (parts && at) element(svg, "path", { class: "axis", d: "M" + (left + year.from * slot).toFixed(1) + " " + floor + "v7" });
      element(svg, "text", { class: "m", x: ((x(year.from) + x(year.to)) / 2).toFixed(1), y: floor + (showParts ? 38 : 22) }, year.name);
    });

    /* The day on which the land of a place changed. */
    var days = {};
    series.forEach(function (one) { one.cuts.forEach(function (cut) { days[cut[0]] = cut[1]; }); });
    Object.keys(days).forEach(function (at) {
      var across = left + at / 100 * slot;
      element(svg, "path", { class: "brk", d: "M" + across.toFixed(1) + " " + top + "V" + floor });
      element(svg, "text", { class: "t-q t-s halo", x: (across + 4).toFixed(1), y: top + 10 }, "sắp xếp " + days[at]);
    });

    series.forEach(function (one, which) {
      var path = "", drawn = false;
      one.at.forEach(function (value, at) {
        if (value !== null) path += (drawn ? "L" : "M") + x(at).toFixed(1) + " " + y(value).toFixed(1);
        drawn = value !== null;
      });
      if (path.indexOf("L") > 0) element(svg, "path", { class: line(which), d: path });
    });
    series.forEach(function (one, which) {
      one.at.forEach(function (value, at) {
        var cell = one.cells[at];
        if (value !== null) {
          var lonely = (at === 0 || one.at[at - 1] === null) && (at === one.at.length - 1 || one.at[at + 1] === null);
          if (one.at.length <= 10 || lonely || at === ends[which].last || cell.open) marker(svg, which, x(at), y(value), cell.open);
          return;
        }
        /* Side by side, for several places may lack the same period. */
        var across = x(at) + (which - (series.length - 1) / 2) * Math.min(11, slot / series.length);
        if (cell.text === "…") element(svg, "circle", { class: "open-q", cx: across.toFixed(1), cy: floor, r: 3.4 });
        /* What is not applicable in every other quarter is told below the chart. */
        else if (cell.text !== "x" || one.at.length <= 10) element(svg, "text", { class: "m t-q t-s", x: across.toFixed(1), y: floor - 5 }, cell.text);
      });
    });

    var labels = ends.filter(function (end) { return end.last >= 0; });
    labels.forEach(function (end) { end.y = y(series[end.series].at[end.last]) + 4; });
    spread(labels, top, floor);
    labels.forEach(function (end) {
      var from = x(end.last), across = W - right + 8;
      if (across - from > slot) {
        element(svg, "path", { class: "lead", d: "M" + (from + 7).toFixed(1) + " " + (end.y - 4).toFixed(1) + "L" + (across - 3) + " " + (end.at - 4).toFixed(1) });
      }
      var text = element(svg, "text", { class: "t-b halo", x: across, y: end.at.toFixed(1) }, end.text + (end.name ? " " + end.name : ""));
      if (width(text.textContent) > right - 10) text.setAttribute("textLength", (right - 12).toFixed(0)), text.setAttribute("lengthAdjust", "spacingAndGlyphs");
    });
    return svg;
  }

  return { draw: draw, swatch: swatch, absent: ABSENT };
})();
