// Opens the given sites as readers do: `node check.mjs [--sample N] public internal`. See README.md.

import { existsSync } from "node:fs";
import { basename, resolve } from "node:path";
import { checkChromium, launch } from "./chromium.mjs";
import { checkFirefox } from "./firefox.mjs";
import { checkTree, filesOf, kinds, sample, withEveryMark } from "./tree.mjs";

const given = process.argv.slice(2);
const sampled = given[0] === "--sample" ? Number(given.splice(0, 2)[1]) : undefined;
const firefox = process.env.FIREFOX ?? "/usr/bin/firefox-esr";
// In Firefox a page takes half a second: the kinds, and this many of the heaviest and of the rest.
const IN_FIREFOX = 4;

let faulty = given.length === 0;
const told = (step, count, faults, began) => {
  for (const fault of faults) console.error(fault);
  console.log(`${step}: ${count}, ${faults.length} faults, ${((Date.now() - began) / 1000).toFixed(0)} s`);
  faulty ||= faults.length > 0 || count === 0;
};

const browser = await launch();
for (const site of given.map((site) => resolve(site))) {
  const name = basename(site);
  const files = filesOf(site);
  const all = files.filter((file) => file.endsWith(".html"));
  const pages = sampled === undefined ? all : sample(site, all, sampled);
  const [deep, said] = [withEveryMark(pages, kinds(site, all)), new Map()];
  let began = Date.now();
  told(`${name}, files`, files.length, checkTree(site, files, new Set(pages)), began);
  began = Date.now();
  told(`${name}, Chromium`, pages.length, await checkChromium(browser, site, pages, deep, said), began);
  if (firefox === "none") continue;
  if (!existsSync(firefox)) throw new Error(`no Firefox at ${firefox}; FIREFOX=none does without`);
  began = Date.now();
  const few = sample(site, pages, IN_FIREFOX, IN_FIREFOX);
  told(`${name}, Firefox`, few.length, await checkFirefox(firefox, site, few, said), began);
}
await browser.close();
process.exit(faulty ? 1 : 0);
