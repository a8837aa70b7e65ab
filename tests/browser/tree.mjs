// The files of a site, read without a browser: markup, ids, weight, addresses.

import { readFileSync, readdirSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { parse } from "parse5";

const PAGE = 150_000;
// A print book is a whole period on paper: it is opened to be printed, not to be looked something up in.
const BOOK = 900_000;
const FONTS = 120_000;
// Attributes whose value is one id, or several.
const MEANS_IDS = ["aria-labelledby", "aria-describedby", "aria-controls", "for", "headers"];

/** Every file below a folder, sorted. */
export function filesOf(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => (entry.isDirectory() ? filesOf(join(folder, entry.name)) : [join(folder, entry.name)]));
}

/** One page of each kind: the first of each folder, lists and their members apart. */
export function kinds(site, pages) {
  const kind = (page) => {
    const parts = relative(site, page).split("/");
    if (parts.at(-1) === "index.html" && parts.length <= 2) return parts.join("/");
    // Lineage has pages of measures and of returns; they differ in whether a unit's code comes first.
    const returned = /^\d{5}-/.test(parts.at(-1)) && parts[0] === "truy-nguyen" ? "báo cáo" : "";
    return [parts[0], parts.length > 2 && parts[0] !== "ky" ? parts[1] : "", returned].join("/");
  };
  return [...new Map(pages.map((page) => [kind(page), page]).reverse()).values()].reverse();
}

/** The given pages, and more until every look that a mark of a chart can have has been met. */
export function withEveryMark(pages, given) {
  const looks = (page) => readFileSync(page, "utf8").match(/<(?:circle|line|path|poly\w+|rect|text) class="[^"]*"/g) ?? [];
  const met = new Set(given.flatMap(looks));
  const more = pages.filter((page) => {
    const fresh = looks(page).filter((look) => !met.has(look));
    fresh.forEach((look) => met.add(look));
    return fresh.length > 0;
  });
  return [...new Set([...given, ...more])];
}

/** One page of each kind, some of the heaviest, and `count` more spread evenly over the rest. */
export function sample(site, pages, count, heavy = 12) {
  const heaviest = pages.map((page) => [statSync(page).size, page]).sort((a, b) => b[0] - a[0]);
  const chosen = new Set([...kinds(site, pages), ...heaviest.slice(0, heavy).map(([, page]) => page)]);
  const rest = pages.filter((page) => !chosen.has(page));
  const stride = Math.max(1, rest.length / count);
  for (let at = 0; at < rest.length && count > 0; at += stride) chosen.add(rest[Math.floor(at)]);
  return pages.filter((page) => chosen.has(page));
}

/** Faults of the files of a site; the markup of `read` alone is parsed. */
export function checkTree(site, files, read) {
  const faults = [];
  let fonts = 0;
  for (const file of files) {
    const name = relative(site, file);
    if (/\.(woff2?|ttf|otf)$/.test(name)) fonts += statSync(file).size;
    if (/\.css$/.test(name) && /url\(\s*["']?(?!data:|#)[a-z]+:/i.test(readFileSync(file, "utf8"))) {
      faults.push(`${name}: leads outside`);
    }
    if (!name.endsWith(".html")) continue;
    const { size } = statSync(file);
    if (size > (name.endsWith("/in.html") ? BOOK : PAGE)) faults.push(`${name}: ${size} bytes`);
    if (!read.has(file)) continue;
    const html = readFileSync(file, "utf8");
    faults.push(...checkPage(html).map((fault) => `${name}: ${fault}`));
  }
  if (fonts > FONTS) faults.push(`${fonts} bytes of fonts`);
  return faults;
}

function checkPage(html) {
  const faults = [];
  const onParseError = ({ code, startLine }) => faults.push(`line ${startLine}: ${code}`);
  const ids = new Map();
  const meant = [];
  const walk = (node) => {
    for (const { name, value } of node.attrs ?? []) {
      if (name === "id") ids.set(value, (ids.get(value) ?? 0) + 1);
      if (MEANS_IDS.includes(name)) meant.push(...value.split(/\s+/).filter(Boolean));
      if (name === "href" && value.startsWith("#") && value.length > 1) meant.push(decodeURIComponent(value.slice(1)));
      if (/^(https?:)?\/\//.test(value) && ["href", "src", "srcset", "action", "poster"].includes(name)) {
        faults.push(`leads outside: ${value}`);
      }
      for (const [, id] of value.matchAll(/url\(#([^)]+)\)/g)) meant.push(id);
    }
    for (const child of node.childNodes ?? []) walk(child);
    if (node.content) walk(node.content);
  };
  walk(parse(html, { sourceCodeLocationInfo: true, onParseError }));
  for (const [id, count] of ids) if (count > 1) faults.push(`id ${id} stands ${count} times`);
  for (const id of new Set(meant)) if (!ids.has(id)) faults.push(`nothing has the id ${id}`);
  return faults;
}
