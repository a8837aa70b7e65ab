// Opens every page of the given sites from disk, as a reader does: `node check.mjs public internal`.
//
// * no console error and no request that leaves the folder, with and without JavaScript;
// * the same words and numbers without JavaScript;
// * no sideways scroll at 360, 1280 and 1920 px;
// * axe finds nothing on one page of each kind, light and dark;
// * each kind of page prints on at least one sheet of A4.

import { createRequire } from "node:module";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const sites = process.argv.slice(2).map((site) => resolve(site));
const faults = [];
let pages = 0;

function htmlFiles(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return htmlFiles(path);
      return entry.name.endsWith(".html") ? [path] : [];
    });
}

// One page of each kind: the first of each folder, lists and their members apart.
function kinds(site, files) {
  const kind = (file) => {
    const parts = relative(site, file).split("/");
    const isList = parts.at(-1) === "index.html" && parts.length <= 2;
    return isList ? parts.join("/") : `${parts[0]}/*`;
  };
  return [...new Map(files.map((file) => [kind(file), file]).reverse()).values()].reverse();
}

// A context whose pages report what goes wrong on them.
async function watched(browser, site, options) {
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

const words = (page) => page.evaluate(() => document.querySelector("main").textContent.replace(/\s+/g, " "));

async function checkSite(browser, site) {
  const files = htmlFiles(site);
  const lively = await watched(browser, site, { viewport: { width: 1280, height: 800 } });
  const still = await watched(browser, site, { javaScriptEnabled: false, viewport: { width: 1280, height: 800 } });
  for (const file of files) {
    const url = pathToFileURL(file).href;
    await lively.goto(url);
    await still.goto(url);
    // Without JavaScript `evaluate` still runs: it is the page's own scripts that do not.
    if ((await words(lively)) !== (await words(still))) faults.push(`${file}: says other things without JavaScript`);
    if (!(await words(lively)).trim()) faults.push(`${file}: is empty`);
    pages += 1;
  }
  for (const file of kinds(site, files)) await checkKind(lively, file);
}

async function checkKind(page, file) {
  await page.goto(pathToFileURL(file).href);
  for (const width of [360, 1280, 1920]) {
    await page.setViewportSize({ width, height: 800 });
    const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    if (over > 0) faults.push(`${file}: ${over} px too wide at ${width}`);
  }
  await page.setViewportSize({ width: 1280, height: 800 });
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => window.axe.run({ preload: false }));
    for (const { id, nodes } of violations) {
      faults.push(`${file} (${colorScheme}): axe ${id}: ${nodes[0].target} and ${nodes.length - 1} more`);
    }
  }
  await page.emulateMedia({ colorScheme: "light" });
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
  const sheets = (pdf.match(/\/Type\s*\/Page[^s]/g) ?? []).length;
  if (sheets < 1 || sheets > 60) faults.push(`${file}: prints on ${sheets} sheets`);
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
for (const site of sites) await checkSite(browser, site);
await browser.close();

for (const fault of faults) console.error(fault);
console.log(`${pages} pages opened, ${faults.length} faults`);
process.exit(faults.length > 0 || pages === 0 ? 1 : 0);
