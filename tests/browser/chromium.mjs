// Chromium: every page with JavaScript and by its markup alone; one of each kind without JavaScript, in every size and
// light, and on paper.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { relative } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { inspect } from "./charts.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const SCREEN = { width: 1280, height: 800 };
// A4 between its margins, in CSS pixels: what charts are as wide as on paper.
const PAPER = { width: 680, height: 980 };
const SHEETS = 60;
// A print book of a large province.
const BOOK_SHEETS = 150;
// Letters and lines: a page of 23 sheets prints as 350 kB, its fonts as 60. A gradient becomes a picture of 400 kB.
const [PRINT, SHEET] = [200_000, 100_000];
// Pages that are loaded or looked at side by side: Chromium's own processes share the work of each.
const WORKERS = 3;

const ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

export function launch() {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ARGUMENTS });
}

// A page of a context of its own, which reports what goes wrong on it.
async function watched(browser, site, faults, options) {
  const context = await browser.newContext({ viewport: SCREEN, ...options });
  const root = pathToFileURL(site).href;
  context.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(root) && !url.startsWith("data:")) faults.push(`${request.frame().url()}: asks for ${url}`);
  });
  context.on("requestfailed", (request) => faults.push(`${request.frame().url()}: missing ${request.url()}`));
  const page = await context.newPage();
  page.on("console", (message) => {
    if (message.type() === "error") faults.push(`${page.url()}: console: ${message.text()}`);
  });
  page.on("pageerror", (error) => faults.push(`${page.url()}: ${error}`));
  return page;
}

// What a page says outside of what only a script can offer.
const WORDS_OF = `(page) => {
  const main = page.querySelector("main").cloneNode(true);
  for (const part of main.querySelectorAll("script, noscript, [data-script]")) part.remove();
  return main.textContent.replace(/\\s+/g, " ").trim();
}`;
export const WORDS = `(${WORDS_OF})(document)`;

// What the page says that is open, and what its markup says where no script runs: what this parser makes has no window.
const words = (html) => `[document, new DOMParser().parseFromString(${JSON.stringify(html)}, "text/html")].map(${WORDS_OF})`;

// The numbers that are to be seen, and those among them that only name what a reader can choose.
function seen() {
  const main = document.querySelector("main");
  return [[main], [...main.querySelectorAll("label, button")]].map((parts) =>
    parts.flatMap((part) => part.innerText.match(/\d[\d.,]*/g) ?? []));
}

// What is in one list oftener than in some others.
function beyond(list, ...others) {
  const left = others.flat();
  return list.filter((one) => {
    const at = left.indexOf(one);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

/** Faults of some pages, and of one of each kind in depth; `said` keeps the words of each page. */
export async function checkChromium(browser, site, pages, kinds, said) {
  const faults = [];
  const deep = new Set(kinds);
  // What takes longest comes first, or one worker ends long after the others.
  const queue = [...deep, ...pages.filter((page) => !deep.has(page))];
  await Promise.all(Array.from({ length: WORKERS }, async () => {
    const lively = await watched(browser, site, faults);
    const still = await watched(browser, site, faults, { javaScriptEnabled: false });
    for (let file = queue.shift(); file; file = queue.shift()) {
      const name = relative(site, file);
      await lively.goto(pathToFileURL(file).href);
      const [now, bare] = await lively.evaluate(words(readFileSync(file, "utf8")));
      said.set(file, now);
      if (now !== bare) faults.push(`${name}: says other things without JavaScript`);
      if (!now) faults.push(`${name}: is empty`);
      if (!deep.has(file)) continue;
      await still.goto(pathToFileURL(file).href);
      // Without JavaScript `evaluate` still runs: it is the page's own scripts that do not.
      if ((await still.evaluate(WORDS)) !== now) faults.push(`${name}: opens with other words without JavaScript`);
      const [[shown, controls], [bareShown]] = [await lively.evaluate(seen), await still.evaluate(seen)];
      const lost = beyond(shown, controls, bareShown);
      if (lost.length > 0) faults.push(`${name}: shows ${lost.slice(0, 5)} only with JavaScript`);
      faults.push(...(await checkKind(lively, name)));
    }
    await lively.context().close();
    await still.context().close();
  }));
  return faults;
}

// The page is open, as wide as a screen and light, and is left so.
async function checkKind(page, name) {
  const faults = new Set();
  const look = async (how, paper = false) => {
    for (const fault of await page.evaluate(inspect, { paper })) faults.add(`${fault} (${how})`);
  };
  const inWidth = async (width) => {
    const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    if (over > 0) faults.add(`${over} px too wide at ${width}`);
    await look(`${width} px`);
  };
  // Only what is reported is written out; in the dark nothing but colours is another.
  const judged = async (light, only) => {
    const violations = await page.evaluate(
      (only) => window.axe.run({ preload: false, resultTypes: ["violations"], ...only }).then((told) => told.violations), only);
    for (const { id, nodes } of violations) {
      faults.add(`(${light}) axe ${id}: ${nodes[0].target} and ${nodes.length - 1} more`);
    }
  };
  await inWidth(SCREEN.width);
  await page.evaluate(axe);
  await judged("light", {});
  await page.emulateMedia({ colorScheme: "dark" });
  await judged("dark", { runOnly: ["color-contrast", "link-in-text-block"] });
  await look("dark");
  await page.emulateMedia({ colorScheme: "light" });
  for (const width of [360, 1920]) {
    await page.setViewportSize({ width, height: SCREEN.height });
    await inWidth(width);
  }
  await page.emulateMedia({ media: "print" });
  await page.setViewportSize(PAPER);
  await look("print", true);
  const pdf = await page.pdf({ preferCSSPageSize: true });
  const sheets = (pdf.toString("latin1").match(/\/Type\s*\/Page[^s]/g) ?? []).length;
  const most = name.endsWith("/in.html") ? BOOK_SHEETS : SHEETS;
  if (sheets < 1 || sheets > most) faults.add(`prints on ${sheets} sheets`);
  if (pdf.length > PRINT + sheets * SHEET) faults.add(`prints ${sheets} sheets as ${pdf.length} bytes`);
  await page.emulateMedia({ media: null });
  await page.setViewportSize(SCREEN);
  return [...faults].map((fault) => `${name}: ${fault}`);
}
