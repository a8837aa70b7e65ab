/* Figures: a chart with its title and source as SVG or PNG; one unit followed through a set of small charts. */
window.hinh = (function () {
  "use strict";
  var NS = "http://www.w3.org/2000/svg";
  var PAINT = ["fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap", "stroke-linejoin", "opacity"];
  var LETTERS = ["fill", "stroke", "stroke-width", "stroke-linejoin", "paint-order", "font-family", "font-size", "font-weight", "text-anchor"];
  var EDGE = 20, SCALE = 2;
  var pen = document.createElement("canvas").getContext("2d");

  function make(parent, name, attributes, text) {
    var one = parent.appendChild(document.createElementNS(NS, name));
    Object.keys(attributes).forEach(function (key) { one.setAttribute(key, attributes[key]); });
    if (text !== undefined) one.textContent = text;
    return one;
  }

  /* ---- a picture of its own ---- */

  /* What the style sheet says of each element, as its attributes; `copy` must be on the page. */
  function dress(copy) {
    copy.querySelectorAll("*").forEach(function (one) {
      var isText = one.tagName === "text" || one.tagName === "tspan";
      var style = getComputedStyle(one);
      (isText ? LETTERS : PAINT).forEach(function (name) {
        var value = style.getPropertyValue(name);
        if (name === "fill" && /hatch/.test(value)) value = "url(#hatch)";
        if (value && value !== "normal" && value !== "auto" && !/^(title|desc|g|defs)$/.test(one.tagName)) one.setAttribute(name, value);
      });
    });
    copy.querySelectorAll("[class]").forEach(function (one) { one.removeAttribute("class"); });
  }

  function lines(text, font, width) {
    pen.font = font;
    var all = [], line = "";
    text.split(" ").forEach(function (word) {
      var longer = line ? line + " " + word : word;
      if (line && pen.measureText(longer).width > width) { all.push(line); line = word; } else line = longer;
    });
    return line ? all.concat(line) : all;
  }

  function said(root, selector) {
    var one = root.querySelector(selector);
    if (!one) return "";
    var copy = one.cloneNode(true);
    copy.querySelectorAll(".no, a").forEach(function (part) { part.remove(); });
    return copy.textContent.replace(/\s+/g, " ").trim();
  }

  function source() {
    var facts = Array.prototype.map.call(document.querySelectorAll(".facts > div"), function (fact) {
      return fact.querySelector("dt").textContent.trim() + ": " + fact.querySelector("dd").textContent.trim();
    });
    var notice = said(document, ".demo strong");
    return "Nguồn: " + [said(document, ".brand")].concat(facts).join("; ") + "." + (notice ? " " + notice : "");
  }

  /* The chart between its title and its source, on paper, always in the light colours: it goes into documents. */
  function picture(figure) {
    var chart = figure.querySelector("svg.c-w") || figure.querySelector("svg.c");
    if (figure.closest(".pair")) chart = figure.querySelector("svg.c-n") || chart;
    var box = chart.viewBox.baseVal, width = box.width + 2 * EDGE;
    var holder = document.body.appendChild(document.createElement("div"));
    holder.style.cssText = "position:absolute;left:-99999px;top:0;width:" + width + "px";
    document.documentElement.classList.add("light");
    var look = getComputedStyle(document.documentElement);
    var ink = look.getPropertyValue("--ink").trim(), quiet = look.getPropertyValue("--ink-2").trim(), paper = look.getPropertyValue("--paper").trim();
    var family = getComputedStyle(document.body).fontFamily;

    var whole = make(holder, "svg", { xmlns: NS, width: width });
    make(whole, "title", {}, said(figure, ".fig-title"));
    var pattern = document.getElementById("hatch");
    if (pattern && chart.querySelector(".bar-h")) make(whole, "defs", {}).appendChild(pattern.cloneNode(true));
    var ground = make(whole, "rect", { width: "100%", height: "100%", fill: paper });
    var y = EDGE;
    function write(text, size, weight, fill, gap) {
      lines(text, weight + " " + size + "px " + family, box.width).forEach(function (line) {
        y += Math.round(size * 1.35);
        make(whole, "text", { x: EDGE, y: y, "font-family": family, "font-size": size, "font-weight": weight, fill: fill }, line);
      });
      y += gap;
    }
    write(said(figure, ".fig-title"), 17, 600, ink, 2);
    write(said(figure, ".fig-sub"), 13, 400, quiet, 12);

    var keys = figure.querySelectorAll(".keyline > span"), across = EDGE;
    keys.forEach(function (key) {
      var mark = key.querySelector("svg"), text = key.textContent.trim();
      pen.font = "400 13px " + family;
      var wide = 40 + pen.measureText(text).width + 20;
      if (across + wide > width) { across = EDGE; y += 20; }
      if (mark) {
        var small = mark.cloneNode(true);
        small.setAttribute("class", "c");
        small.setAttribute("x", across); small.setAttribute("y", y - 1);
        small.setAttribute("width", 34); small.setAttribute("height", 14);
        whole.appendChild(small);
        dress(small);
        small.removeAttribute("class");
      }
      make(whole, "text", { x: across + 40, y: y + 10, "font-family": family, "font-size": 13, fill: quiet }, text);
      across += wide;
    });
    if (keys.length) y += 26;

    var inner = chart.cloneNode(true);
    ["role", "aria-labelledby", "id"].forEach(function (name) { inner.removeAttribute(name); });
    inner.querySelectorAll("title, desc").forEach(function (one) { one.remove(); });
    inner.setAttribute("class", "c");
    inner.style.display = "inline";
    inner.setAttribute("x", EDGE); inner.setAttribute("y", y);
    inner.setAttribute("width", box.width); inner.setAttribute("height", box.height);
    inner.setAttribute("overflow", "visible");
    whole.appendChild(inner);
    dress(inner);
    inner.removeAttribute("class");
    inner.removeAttribute("style");
    if (whole.querySelector("defs")) dress(whole.querySelector("defs"));
    y += box.height + 10;
    write(said(figure, ".fig-cov"), 12, 400, quiet, 2);
    write(source(), 12, 400, quiet, 0);
    var height = Math.ceil(y + EDGE);
    whole.setAttribute("height", height);
    whole.setAttribute("viewBox", "0 0 " + width + " " + height);
    ground.setAttribute("height", height);
    document.documentElement.classList.remove("light");
    return { svg: whole, width: width, height: height, done: function () { holder.remove(); } };
  }

  /* ---- as a file ---- */

  function save(blob, name) {
    var link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    document.body.appendChild(link);
    link.click();
    link.remove();
    setTimeout(function () { URL.revokeObjectURL(link.href); }, 10000);
  }

  function toSvg(figure, name) {
    var made = picture(figure);
    save(new Blob([new XMLSerializer().serializeToString(made.svg)], { type: "image/svg+xml" }), name + ".svg");
    made.done();
  }

  /* The shapes come from the SVG; the letters are set by the canvas, for only it has the fonts of the page:
     an SVG made into an image has none, and one that names a file taints the canvas. */
  function toPng(figure, name) {
    var made = picture(figure), canvas = document.createElement("canvas"), brush = canvas.getContext("2d");
    canvas.width = Math.round(made.width * SCALE);
    canvas.height = Math.round(made.height * SCALE);
    var base = made.svg.getScreenCTM().inverse();
    var letters = Array.prototype.map.call(made.svg.querySelectorAll("text"), function (one) {
      var from = one.getNumberOfChars() ? one.getStartPositionOfChar(0) : { x: 0, y: 0 };
      return { one: one, at: base.multiply(one.getScreenCTM()), x: from.x, y: from.y, text: one.textContent,
        squeeze: one.hasAttribute("textLength") ? Number(one.getAttribute("textLength")) : undefined };
    });
    var shapes = made.svg.cloneNode(true);
    shapes.querySelectorAll("text").forEach(function (one) { one.remove(); });
    var image = new Image();
    image.onload = function () {
      brush.drawImage(image, 0, 0, canvas.width, canvas.height);
      letters.forEach(function (letter) {
        var get = function (key) { return letter.one.getAttribute(key); };
        brush.setTransform(SCALE * letter.at.a, SCALE * letter.at.b, SCALE * letter.at.c, SCALE * letter.at.d, SCALE * letter.at.e, SCALE * letter.at.f);
        brush.font = (get("font-weight") || 400) + " " + parseFloat(get("font-size")) + "px " + get("font-family");
        if (/stroke/.test(get("paint-order") || "") && get("stroke") && get("stroke") !== "none") {
          brush.strokeStyle = get("stroke");
          brush.lineWidth = parseFloat(get("stroke-width"));
          brush.lineJoin = "round";
          brush.strokeText(letter.text, letter.x, letter.y, letter.squeeze);
        }
        brush.fillStyle = get("fill");
        brush.fillText(letter.text, letter.x, letter.y, letter.squeeze);
      });
      canvas.toBlob(function (blob) { save(blob, name + ".png"); }, "image/png");
    };
    image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(new XMLSerializer().serializeToString(shapes));
    made.done();
  }

  function fileName(figure) {
    var parts = decodeURIComponent(window.location.pathname).split("/").slice(-2);
    var page = parts[1] && parts[1] !== "index.html" ? parts[1].replace(/\.html$/, "") : parts[0];
    return page.replace(/[^A-Za-z0-9-]+/g, "-") + "-" + (figure.id || "hinh");
  }

  /* ---- one unit through a set of small charts ---- */

  function follow(set) {
    var items = Array.prototype.slice.call(set.children), pinned = null;
    function show(which) {
      set.querySelectorAll(".ghost").forEach(function (one) { one.remove(); });
      items.forEach(function (item) { item.classList.toggle("on", item === which); });
      if (!which) return;
      var line = which.querySelectorAll("path.line, polyline.line");
      items.forEach(function (item) {
        var svg = item.querySelector("svg");
        if (item === which || !svg) return;
        line.forEach(function (one) { svg.appendChild(one.cloneNode(true)).setAttribute("class", "ghost"); });
      });
    }
    items.forEach(function (item) {
      item.addEventListener("mouseenter", function () { show(item); });
      item.addEventListener("focusin", function () { show(item); });
      item.addEventListener("click", function (event) {
        if (event.target.closest("a")) return;
        pinned = pinned === item ? null : item;
        show(pinned);
      });
    });
    set.addEventListener("mouseleave", function () { show(pinned); });
    set.addEventListener("focusout", function () { show(pinned); });
  }

  /* ---- every figure below an element ---- */

  function ready(root) {
    root.querySelectorAll("figure.fig").forEach(function (figure) {
      var tools = figure.querySelector(".tools");
      if (!tools || !figure.querySelector("svg.c")) return;
      tools.hidden = false;
      tools.querySelector("[data-save=svg]").addEventListener("click", function () { toSvg(figure, fileName(figure)); });
      tools.querySelector("[data-save=png]").addEventListener("click", function () { toPng(figure, fileName(figure)); });
    });
    root.querySelectorAll("[data-follow]").forEach(follow);
  }

  ready(document);
  return ready;
})();
