// Chromium: every page with and without JavaScript; one page of each kind in every size, light, and on paper.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { relative } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { inspect } from "./charts.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
// A4 between its margins, in CSS pixels: what charts are as wide as on paper.
const PORTRAIT = 680;
const SHEETS = 60;
// A print book of a large province.
const BOOK_SHEETS = 150;

const ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

export function launch() {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ARGUMENTS });
}

// A page of a context of its own, which reports what goes wrong on it.
async function watched(browser, site, faults, options) {
  const context = await browser.newContext(options);
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
export const WORDS = `(() => {
  const main = document.querySelector("main").cloneNode(true);
  for (const part of main.querySelectorAll("script, noscript, [data-script]")) part.remove();
  return main.textContent.replace(/\\s+/g, " ").trim();
})()`;

/** Faults of some pages, and of one of each kind in depth; `said` keeps the words of each page. */
export async function checkChromium(browser, site, pages, kinds, said) {
  const faults = [];
  const queue = [...pages];
  // Two pages at a time: one waits for the disk while the other is laid out.
  await Promise.all([0, 1].map(async () => {
    const viewport = { width: 1280, height: 800 };
    const lively = await watched(browser, site, faults, { viewport });
    const still = await watched(browser, site, faults, { javaScriptEnabled: false, viewport });
    for (let page = queue.shift(); page; page = queue.shift()) {
      const url = pathToFileURL(page).href;
      await Promise.all([lively.goto(url), still.goto(url)]);
      // Without JavaScript `evaluate` still runs: it is the page's own scripts that do not.
      const [words, without] = await Promise.all([lively.evaluate(WORDS), still.evaluate(WORDS)]);
      said.set(page, words);
      if (words !== without) faults.push(`${relative(site, page)}: says other things without JavaScript`);
      if (!words) faults.push(`${relative(site, page)}: is empty`);
    }
    await lively.context().close();
    await still.context().close();
  }));
  const page = await watched(browser, site, faults, { viewport: { width: 1280, height: 800 } });
  for (const kind of kinds) faults.push(...(await checkKind(page, site, kind)));
  await page.context().close();
  return faults;
}

async function checkKind(page, site, file) {
  const name = relative(site, file);
  const faults = new Set();
  await page.emulateMedia({ colorScheme: "light", media: null });
  await page.goto(pathToFileURL(file).href);
  for (const width of [360, 1280, 1920]) {
    await page.setViewportSize({ width, height: 800 });
    const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    if (over > 0) faults.add(`${over} px too wide at ${width}`);
    for (const fault of await page.evaluate(inspect, { paper: false })) faults.add(`${fault} (${width} px)`);
  }
  await page.setViewportSize({ width: 1280, height: 800 });
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => window.axe.run({ preload: false }));
    for (const { id, nodes } of violations) {
      faults.add(`(${colorScheme}) axe ${id}: ${nodes[0].target} and ${nodes.length - 1} more`);
    }
    for (const fault of await page.evaluate(inspect, { paper: false })) faults.add(`${fault} (${colorScheme})`);
  }
  await page.emulateMedia({ colorScheme: "light", media: "print" });
  await page.setViewportSize({ width: PORTRAIT, height: 980 });
  for (const fault of await page.evaluate(inspect, { paper: true })) faults.add(`${fault} (print)`);
  await page.emulateMedia({ media: null });
  await page.setViewportSize({ width: 1280, height: 800 });
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
  const sheets = (pdf.match(/\/Type\s*\/Page[^s]/g) ?? []).length;
  const most = name.endsWith("/in.html") ? BOOK_SHEETS : SHEETS;
  if (sheets < 1 || sheets > most) faults.add(`prints on ${sheets} sheets`);
  return [...faults].map((fault) => `${name}: ${fault}`);
}
