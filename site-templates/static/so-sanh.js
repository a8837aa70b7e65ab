/* The comparison: up to four places in up to six measures. What is picked stands behind the # of the
   address, so that a comparison can be sent, kept and gone back to. */
(function () {
  "use strict";
  var MOST_PLACES = 4, MOST_MEASURES = 6;
  var all = window.soSanh;
  var pick = document.getElementById("chon");
  var results = document.getElementById("ket-qua");
  var told = document.getElementById("chon-nhac");
  var heading = document.querySelector("h1");
  var still = [heading.textContent, document.title];
  if (!all || !pick || !window.khop || !window.chon || !window.duong) return;

  var root = document.currentScript.src.replace(/tai-san\/[^/]*$/, "");
  var files = {}, figures = {};
  var placeAt = index(all.places), measureAt = index(all.measures);
  var askedPlaces = all.places.map(function (one) { return window.khop.entry(one.name, one.keys); });
  var askedMeasures = all.measures.map(function (one) { return window.khop.entry(one.title, one.short + " " + one.code + " " + one.theme); });

  function index(list) {
    var at = {};
    list.forEach(function (one, place) { at[one.code] = place; });
    return at;
  }

  /* ---- the state, and its address ---- */

  function read() {
    var hash = decodeURIComponent(window.location.hash.slice(1));
    var parts = {};
    hash.split("&").forEach(function (part) { parts[part.split("=")[0]] = part.slice(part.indexOf("=") + 1); });
    var list = function (text, at, most) {
      return (text || "").split(",").filter(function (code, place, codes) {
        return code in at && codes.indexOf(code) === place;
      }).slice(0, most);
    };
    var state = {
      places: list(parts.noi, placeAt, MOST_PLACES),
      measures: list(parts["chi-tieu"], measureAt, MOST_MEASURES),
      rhythm: all.rhythms.some(function (one) { return one.id === parts.ky; }) ? parts.ky : "nam"
    };
    /* The anchor of a unit, as other pages lead to it. */
    if (hash in placeAt) {
      state.places = [hash, all.places[0].code];
      var example = document.querySelector("[data-state]");
      state.measures = list(/chi-tieu=([^&]*)/.exec(example.dataset.state + "&chi-tieu=")[1], measureAt, MOST_MEASURES);
    }
    return state;
  }

  function write(state) {
    var parts = [];
    if (state.places.length) parts.push("noi=" + state.places.join(","));
    if (state.measures.length) parts.push("chi-tieu=" + state.measures.join(","));
    if (parts.length && state.rhythm !== "nam") parts.push("ky=" + state.rhythm);
    if (parts.length) window.location.hash = parts.join("&");
    else { window.history.pushState(null, "", window.location.pathname); show(); }
  }

  function change(key, value) {
    var state = read();
    state[key] = value;
    write(state);
  }

  /* ---- the picker ---- */

  function offers(list, asked, taken, text) {
    var found = text.trim()
      ? window.khop.rank(asked, text).map(function (hit) { return list[hit.at]; })
      : list.slice();
    return found.filter(function (one) { return taken.indexOf(one.code) < 0; }).slice(0, 60);
  }

  window.chon(document.getElementById("chon-noi"), function (text) {
    return offers(all.places, askedPlaces, read().places, text).map(function (one) {
      return { title: one.name, note: one.kind === "Đơn vị" ? "mã " + one.code : "", value: one.code };
    });
  }, function (code) { change("places", read().places.concat(code).slice(-MOST_PLACES)); });

  window.chon(document.getElementById("chon-chi-tieu"), function (text) {
    return offers(all.measures, askedMeasures, read().measures, text).map(function (one) {
      return { title: one.title, note: one.theme + "; " + one.unit, value: one.code };
    });
  }, function (code) { change("measures", read().measures.concat(code).slice(-MOST_MEASURES)); });

  pick.querySelectorAll("input[name=ky]").forEach(function (radio) {
    radio.addEventListener("change", function () { change("rhythm", radio.value); });
  });
  pick.querySelectorAll("[data-state]").forEach(function (button) {
    button.addEventListener("click", function () {
      if (button.dataset.state) window.location.hash = button.dataset.state;
      else write({ places: [], measures: [], rhythm: "nam" });
    });
  });

  function chips(id, codes, name, withLine) {
    var list = document.getElementById(id);
    list.textContent = "";
    codes.forEach(function (code, at) {
      var item = add(list, "li");
      if (withLine) item.appendChild(window.duong.swatch(at));
      add(item, "span", name(code));
      var drop = add(item, "button", "×");
      drop.type = "button";
      drop.setAttribute("aria-label", "Bỏ " + name(code));
      drop.addEventListener("click", function () {
        change(id === "noi" ? "places" : "measures", codes.filter(function (other) { return other !== code; }));
      });
    });
    document.getElementById("chon-" + id).parentNode.classList.toggle("full-up", codes.length >= (withLine ? MOST_PLACES : MOST_MEASURES));
  }

  /* ---- the figures ---- */

  all.nap = function (file, own) {
    Object.keys(own).forEach(function (code) { figures[code] = own[code]; });
    files[file] = true;
  };

  /* Calls back when every file is there, or with the one that is not. */
  function load(wanted, done) {
    var open = wanted.filter(function (file) { return !files[file]; });
    if (!open.length) return done();
    var left = open.length;
    open.forEach(function (file) {
      var script = document.head.appendChild(document.createElement("script"));
      script.onload = function () { left -= 1; if (!left) done(); };
      script.onerror = function () { script.remove(); done(file); };
      script.src = root + file;
    });
  }

  function cell(text) {
    var parts = text.split(/[*~]/);
    return { text: parts[0], open: parts.length > 1, note: text.indexOf("~") > 0 ? "ước" : parts.length > 1 ? "tạm tính" : "", of: parts[1] || "" };
  }

  /* ---- the page ---- */

  function add(parent, name, text, kind) {
    var one = parent.appendChild(document.createElement(name));
    if (text) one.textContent = text;
    if (kind) one.className = kind;
    return one;
  }

  function said(measure, one) {
    if (window.duong.absent[one.text]) return window.duong.absent[one.text];
    if (measure.classes.length) return one.text;
    if (measure.unit === "%") return one.text + (/\//.test(one.text) ? "" : "%");
    return one.text + " " + measure.unit;
  }

  function inside(name) { return /^(Xã|Phường|Đặc|Toàn|Nhóm) ?/.test(name) ? name[0].toLowerCase() + name.slice(1) : name; }

  function list(names) {
    return names.length < 2 ? names.join("") : names.slice(0, -1).join(", ") + " và " + names[names.length - 1];
  }

  function measureBlock(measure, state, number) {
    var rhythm = all.rhythms.find(function (one) { return one.id === state.rhythm && measure.rhythms.indexOf(one.id) >= 0; }) || all.rhythms[0];
    var series = state.places.map(function (code) {
      var place = all.places[placeAt[code]];
      return { place: place, name: place.short, cuts: place.cuts[rhythm.id] || [], cells: figures[measure.code][rhythm.id][placeAt[code]].split("|").map(cell) };
    });
    var slots = rhythm.periods, last = slots.length - 1;
    var names = series.map(function (one) { return one.place.name; });
    var section = add(results, "section", "", "block");
    var head = add(section, "div");
    add(head, "h2", measure.theme, "topic");
    add(head, "p", capital(slots[last][0]) + ": " + series.map(function (one) {
      return one.name + " " + said(measure, one.cells[last]);
    }).join("; ") + ".", "finding");
    if (rhythm.id !== state.rhythm) {
      add(head, "p", "Chỉ tiêu này không có số của đơn vị theo kỳ đã chọn; đang vẽ theo năm.", "more");
    }

    var figure = add(section, "figure", "", "fig");
    figure.id = "hinh-" + number;
    var caption = add(figure, "figcaption");
    var title = add(caption, "h3", "", "fig-title");
    add(title, "span", "Hình " + number + ".", "no");
    title.appendChild(document.createTextNode(measure.short));
    var span = slots[0][0] === slots[last][0] ? slots[0][0] : slots[0][0] + " đến " + slots[last][0];
    var subtitle = measure.title + "; " + list(names.map(inside)) + "; " + span + ", " + measure.unit;
    add(caption, "p", subtitle, "fig-sub");
    var key = add(figure, "p", "", "keyline");
    key.setAttribute("aria-hidden", "true");
    series.forEach(function (one, at) {
      var part = add(key, "span");
      part.appendChild(window.duong.swatch(at));
      part.appendChild(document.createTextNode(one.name));
    });
    var spec = {
      id: "ss-" + number, title: measure.title + ": " + list(names), unit: measure.unit, percent: measure.unit === "%",
      classes: measure.classes, slots: slots, series: series,
      desc: series.map(function (one) {
        return one.place.name + ": " + one.cells.map(function (c, at) { return slots[at][0] + " " + said(measure, c); }).join(", ");
      }).join(". ") + "."
    };
    figure.appendChild(window.duong.draw(spec, true));
    figure.appendChild(window.duong.draw(spec, false));
    var notes = [];
    if (series.some(function (one) { return one.cells.some(function (c) { return c.open; }); })) notes.push("Dấu rỗng: số tạm tính hoặc ước tính.");
    Object.keys(window.duong.absent).forEach(function (sign) {
      var who = series.filter(function (one) { return one.cells.some(function (c) { return c.text === sign; }); });
      if (who.length) notes.push(sign + " " + window.duong.absent[sign] + ": " + list(who.map(function (one) { return one.name; })) + ".");
    });
    series.forEach(function (one) {
      one.cuts.forEach(function (cut) { notes.push(all.cut + ": " + one.name + ", từ " + cut[1] + "."); });
    });
    var line = add(figure, "p", notes.join(" ") + " ", "fig-cov");
    var link = add(line, "a", "Trang chỉ tiêu");
    link.href = root + measure.href;
    tools(figure, "figure_tools");

    var frame = add(section, "div", "", "tw stick");
    frame.setAttribute("role", "region");
    frame.setAttribute("aria-labelledby", "bang-" + number);
    frame.tabIndex = 0;
    tools(frame, "table_tools");
    var table = add(frame, "table");
    var above = add(table, "caption");
    above.id = "bang-" + number;
    var name = add(above, "span", "", "fig-title");
    add(name, "span", "Bảng " + number + ".", "no");
    name.appendChild(document.createTextNode(measure.short));
    add(above, "span", capital(list(names.map(inside))) + "; " + measure.unit, "fig-sub");
    if (series.some(function (one) { return one.cells.some(function (c) { return c.of; }); })) {
      add(frame, "p", "Số nhỏ sau chữ “tạm tính”: số báo cáo đã nhận trên số báo cáo phải nộp.", "fn");
    }
    var row = add(add(table, "thead"), "tr");
    add(row, "th", "Kỳ").scope = "col";
    series.forEach(function (one) { add(row, "th", one.name, measure.classes.length ? "" : "n").scope = "col"; });
    var body = add(table, "tbody");
    slots.forEach(function (slot, at) {
      var line = add(body, "tr");
      add(line, "th", capital(slot[0]), "nw").scope = "row";
      series.forEach(function (one) {
        var c = one.cells[at], absent = window.duong.absent[c.text];
        var td = add(line, "td", "", measure.classes.length ? "" : "n");
        if (absent) add(td, "span", c.text, "sign");
        else td.textContent = c.text;
        if (c.note) add(td, "span", c.note + (c.of ? ", " + c.of : ""), "sm");
      });
    });
  }

  /* The buttons of the build's own tables and figures, from its first ones of each. */
  function tools(parent, kind) {
    var from = document.getElementById(kind);
    if (from) parent.appendChild(from.content.cloneNode(true));
  }

  function capital(text) { return text.charAt(0).toUpperCase() + text.slice(1); }

  function show() {
    var state = read();
    var measures = state.measures.map(function (code) { return all.measures[measureAt[code]]; });
    chips("noi", state.places, function (code) { return all.places[placeAt[code]].name; }, true);
    chips("chi-tieu", state.measures, function (code) { return all.measures[measureAt[code]].short; }, false);
    pick.querySelectorAll("input[name=ky]").forEach(function (radio) { radio.checked = radio.value === state.rhythm; });
    var ready = state.places.length && state.measures.length;
    told.textContent = state.places.length && !ready ? "Chọn thêm ít nhất một chỉ tiêu."
      : state.measures.length && !ready ? "Chọn thêm ít nhất một đơn vị hoặc nhóm." : "";
    ["cac-don-vi", "chi-tieu-khac"].forEach(function (id) {
      var part = document.getElementById(id);
      if (part) part.hidden = Boolean(ready);
    });
    results.hidden = !ready;
    if (!ready) {
      heading.textContent = still[0];
      document.title = still[1];
      results.textContent = "";
      return;
    }
    load(measures.map(function (one) { return one.file; }), function (missing) {
      if (missing) {
        results.hidden = true;
        told.textContent = "Không mở được tệp " + missing + ". Thư mục tai-san phải nằm cùng chỗ với trang này.";
        return;
      }
      results.textContent = "";
      var names = state.places.map(function (code) { return all.places[placeAt[code]].name; });
      heading.textContent = "So sánh " + list(names.map(inside));
      document.title = heading.textContent + " – " + still[1];
      measures.forEach(function (measure, at) { measureBlock(measure, state, at + 1); });
      if (window.bang) window.bang(results);
      if (window.hinh) window.hinh(results);
    });
  }

  pick.hidden = false;
  window.addEventListener("hashchange", show);
  window.addEventListener("popstate", show);
  show();
})();
