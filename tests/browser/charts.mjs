// Charts as they are drawn: text in its place and large enough, marks that stand out and apart, in any light.

/** Runs inside the page: faults of every chart that is shown. `paper` says that the page is laid out for print. */
export function inspect({ paper }) {
  const faults = [];
  const say = (svg, text) => {
    const id = svg.querySelector("title")?.textContent ?? svg.parentElement.className;
    faults.push(`chart “${id}”: ${text}`);
  };
  const luminance = (colour) => {
    const [r, g, b] = colour.match(/[\d.]+/g).slice(0, 3).map((value) => {
      const part = Number(value) / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  // WCAG contrast is of luminance alone: what remains on a grey print.
  const contrast = (a, b) => {
    const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
    return (light + 0.05) / (dark + 0.05);
  };
  const seen = (colour) => colour !== "none" && !colour.endsWith(", 0)");
  const solid = (colour) => seen(colour) && !colour.startsWith("url(");
  // Whether a straight line passes through a box (Liang–Barsky clipping).
  const crosses = ([x, y], [toX, toY], box) => {
    let [enter, leave] = [0, 1];
    for (const [along, room] of [[x - toX, x - box.left], [toX - x, box.right - x], [y - toY, y - box.top], [toY - y, box.bottom - y]]) {
      if (along === 0 && room < 0) return false;
      if (along < 0) enter = Math.max(enter, room / along);
      if (along > 0) leave = Math.min(leave, room / along);
    }
    return enter <= leave;
  };
  const ground = getComputedStyle(document.documentElement).getPropertyValue("--paper").trim();
  const probe = document.createElement("i");
  probe.style.color = ground;
  document.body.append(probe);
  const page = getComputedStyle(probe).color;
  probe.remove();

  // Lines that only guide the eye, and shaded ranges behind marks, may be faint.
  const QUIET = new Set(["grid", "row", "band", "soft", "cut", "h-bg", "halo", "lead", "t-inv", "dot-s", "zone"]);

  for (const svg of document.querySelectorAll("svg.c")) {
    const box = svg.getBoundingClientRect();
    if (box.width === 0 || getComputedStyle(svg).display === "none") continue;
    const [, , width, height] = svg.getAttribute("viewBox").split(" ").map(Number);
    const scale = box.width / width;

    const texts = [...svg.querySelectorAll("text")].map((text) => {
      const { x, y, width, height } = text.getBBox();
      const size = parseFloat(getComputedStyle(text).fontSize);
      // The box of a line holds room for marks above capitals and below letters: letters touch later.
      return { told: text.textContent, left: x, right: x + width, top: y + height / 2 - size * 0.42, bottom: y + height / 2 + size * 0.42, size };
    });
    for (const text of texts) {
      // An opening quotation mark reaches a little over its origin.
      if (text.left < -2 || text.right > width + 1 || text.top < -1 || text.bottom > height + 1) {
        say(svg, `“${text.told}” leaves the drawing`);
      }
      if (paper && text.size * scale * 0.75 < 7.95) {
        say(svg, `“${text.told}” is ${(text.size * scale * 0.75).toFixed(1)} pt on paper`);
      }
    }
    for (const [at, a] of texts.entries()) {
      for (const b of texts.slice(at + 1)) {
        const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        if (across > 1 && down > 2) say(svg, `“${a.told}” and “${b.told}” overlap`);
      }
    }

    // A line may touch the halo of a letter, but not run through the middle half of its height.
    for (const line of svg.querySelectorAll("polyline, line")) {
      if (!["line", "ctx", "plan", "need"].some((name) => line.classList.contains(name))) continue;
      const at = (name) => Number(line.getAttribute(name));
      const points = line.tagName === "line"
        ? [[at("x1"), at("y1")], [at("x2"), at("y2")]]
        : line.getAttribute("points").trim().split(/\s+/).map((point) => point.split(",").map(Number));
      for (const text of texts) {
        const middle = (text.bottom - text.top) / 4;
        const core = { left: text.left + 1, right: text.right - 1, top: text.top + middle, bottom: text.bottom - middle };
        if (points.slice(1).some((to, before) => crosses(points[before], to, core))) say(svg, `“${text.told}” is struck through by ${line.getAttribute("class")}`);
      }
    }

    // One of each look that marks have in this chart.
    const looks = new Map();
    for (const mark of svg.querySelectorAll("rect, circle, path, line, polyline, polygon")) {
      if (mark.closest("defs, pattern, clipPath, mask")) continue;
      const classes = [...mark.classList];
      if (classes.length === 0 || classes.some((name) => QUIET.has(name))) continue;
      const style = getComputedStyle(mark);
      const kind = mark.tagName === "line" || style.fill === "none" ? "line" : "shape";
      const look = {
        name: classes.join(" "),
        kind,
        tag: mark.tagName,
        fill: style.fill,
        stroke: style.stroke,
        dash: style.strokeDasharray,
        width: parseFloat(style.strokeWidth),
        size: mark.getAttribute("r") ?? "",
      };
      looks.set(`${kind} ${look.name}`, look);
    }
    const ink = (look) => (look.kind === "line" || !solid(look.fill) || contrast(look.fill, page) < 1.1 ? look.stroke : look.fill);
    const hollow = (look) => solid(look.fill) && contrast(look.fill, page) < 1.1;
    for (const look of looks.values()) {
      const colour = ink(look);
      if (solid(colour) && contrast(colour, page) < 2.95) {
        say(svg, `${look.name} stands out from the paper only ${contrast(colour, page).toFixed(1)}:1`);
      }
    }
    const all = [...looks.values()];
    for (const [at, a] of all.entries()) {
      for (const b of all.slice(at + 1)) {
        if (a.kind !== b.kind || !solid(ink(a)) || !solid(ink(b))) continue;
        const cue =
          a.tag !== b.tag ||
          a.dash !== b.dash ||
          hollow(a) !== hollow(b) ||
          a.fill.startsWith("url(") !== b.fill.startsWith("url(") ||
          a.size !== b.size ||
          Math.abs(a.width - b.width) >= 0.5;
        if (!cue && contrast(ink(a), ink(b)) < 3) {
          say(svg, `${a.name} and ${b.name} are apart only ${contrast(ink(a), ink(b)).toFixed(1)}:1 in grey`);
        }
      }
    }
  }
  return faults;
}
