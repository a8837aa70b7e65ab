// Uses what scripts add to the given sites, as a reader does, from disk: `node lively.mjs public internal`.
//
// * a name typed without accents, as initials, with a slip, finds the unit; the keyboard alone opens it;
// * a comparison is picked, stands in the address, and is the same picture after a reload; back works;
// * a table sorts by value with signs last, keeps its groups and totals, filters, and is copied as HTML and text;
// * a chart is saved as SVG with its title and as PNG of the expected size;
// * no console error on the way.

import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const sites = process.argv.slice(2).map((site) => resolve(site));
const faults = [];
let checks = 0;
const expect = (holds, told) => {
  checks += 1;
  if (!holds) faults.push(told);
};

// What a script of the site assigns or hands over, read back without running the site.
const assigned = (file) => JSON.parse(readFileSync(file, "utf8").replace(/^[^[{]*/, "").replace(/\)?;\s*$/, ""));
const fold = (text) =>
  text.toLowerCase().replace(/đ/g, "d").normalize("NFD").replace(/[\u0300-\u036f]/g, "");

async function search(page, site) {
  const url = pathToFileURL(join(site, "index.html")).href;
  const [, units] = assigned(join(site, "tai-san/tra-cuu.js")).find(([title]) => /^Xã/.test(title));
  const bare = (name) => name.replace(/^(Xã|Phường|Đặc khu) /, "");
  const unit = units.find(([title]) => /[^\x00-\x7f]/.test(bare(title)) && bare(title).includes(" "));
  const plain = fold(bare(unit[0]));
  const slip = plain.slice(0, -2) + plain.slice(-1) + plain.slice(-2, -1);
  for (const typed of [plain, plain.slice(0, -2), bare(unit[0]), slip, plain.replace(/ /g, ""), unit[2].match(/\d+/)[0]]) {
    await page.goto(url);
    await page.keyboard.press("/");
    await page.keyboard.type(typed);
    await page.keyboard.press("Enter");
    await page.waitForSelector("#ket-qua a");
    expect(page.url().includes("tra-cuu.html#tim="), `${site}: “${typed}” does not lead to the search page`);
    const found = await page.locator("#ket-qua a").allTextContents();
    expect(found.slice(0, 5).includes(unit[0]), `${site}: “${typed}” finds ${found.slice(0, 5)}, not ${unit[0]}`);
  }
  const initials = plain.split(" ").map((word) => word[0]).join("");
  await page.fill("#tim", initials);
  const found = await page.locator("#ket-qua a").allTextContents();
  expect(found.includes(unit[0]), `${site}: “${initials}” does not find ${unit[0]}`);
  await page.fill("#tim", plain);
  await page.keyboard.press("ArrowDown");
  expect((await page.evaluate(() => document.activeElement.textContent)) !== "", `${site}: Down does not reach a result`);
  await page.keyboard.press("Enter");
  await page.waitForLoadState();
  expect((await page.textContent("h1")).includes(unit[0]), `${site}: Enter does not open ${unit[0]}`);
  await page.goto(pathToFileURL(join(site, "tra-cuu.html")).href + "#tim=" + encodeURIComponent("không có tên này zzz"));
  expect(await page.locator("#ket-qua a").count() === 0, `${site}: nonsense finds something`);
}

async function compare(page, site) {
  const all = assigned(join(site, "tai-san/so-sanh/muc-luc.js"));
  const units = all.places.filter((place) => place.kind === "Đơn vị");
  const measure = all.measures.find((one) => one.unit === "%");
  await page.goto(pathToFileURL(join(site, "so-sanh/index.html")).href);
  expect(await page.locator(".multiples svg").count() > 1, `${site}: no small charts`);
  for (const name of [fold(units[0].short), fold(units[1].short), "toan tinh"]) {
    await page.fill("#chon-noi", name);
    await page.keyboard.press("Enter");
  }
  await page.fill("#chon-chi-tieu", fold(measure.title));
  await page.keyboard.press("Enter");
  await page.waitForSelector("#ket-qua svg.c-w .line, #ket-qua svg.c-w circle");
  const state = decodeURIComponent(new URL(page.url()).hash);
  expect(state === `#noi=${units[0].code},${units[1].code},${all.places[0].code}&chi-tieu=${measure.code}`, `${site}: the address says ${state}`);

  // Every figure of the table is the text of the data script, in its order.
  const figures = assignedTheme(join(site, measure.file))[measure.code].nam;
  const columns = [units[0], units[1], all.places[0]].map((place) => figures[all.places.indexOf(place)].split("|").map((text) => text.split(/[*~]/)[0]));
  const shown = await page.locator("#ket-qua tbody tr").evaluateAll((rows) =>
    rows.map((row) => [...row.querySelectorAll("td")].map((cell) => cell.firstChild.textContent)));
  expect(JSON.stringify(shown) === JSON.stringify(columns[0].map((_, at) => columns.map((column) => column[at]))), `${site}: the table is not the data: ${JSON.stringify(shown)}`);

  const picture = () => page.locator("#ket-qua").evaluate((one) => one.innerHTML);
  const before = await picture();
  await page.reload();
  await page.waitForSelector("#ket-qua svg");
  expect((await picture()) === before, `${site}: a reload draws another picture`);
  await page.click("[data-state]:not([data-state=''])");
  await page.waitForFunction((old) => document.querySelector("#ket-qua").innerHTML !== old, before);
  await page.goBack();
  await page.waitForFunction((old) => document.querySelector("#ket-qua").innerHTML === old, before);
  await page.goto(pathToFileURL(join(site, "so-sanh/index.html")).href + "#" + units[0].code);
  await page.waitForSelector("#ket-qua svg");
  expect((await page.textContent("h1")).includes(units[0].short), `${site}: the anchor of a unit does not begin with it`);
  for (const width of [360, 1280, 1920]) {
    await page.setViewportSize({ width, height: 800 });
    const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(over <= 0, `${site}: the comparison is ${over} px too wide at ${width}`);
  }
  await page.setViewportSize({ width: 1280, height: 800 });
}

function assignedTheme(file) {
  const text = readFileSync(file, "utf8");
  return JSON.parse(text.slice(text.indexOf(", ") + 2).replace(/\);\s*$/, ""));
}

const cells = (table, column) =>
  table.locator("tbody tr").evaluateAll((rows, at) => rows.map((row) =>
    row.className === "sub" ? "#" + row.textContent.trim() : (row.cells[at]?.firstChild?.textContent ?? "").trim()), column);

async function tables(page, site) {
  await page.goto(pathToFileURL(join(site, "xa/index.html")).href);
  const table = page.locator(".tw table").first();
  const names = await cells(table, 0);
  const column = 2;
  const before = await cells(table, column);
  const signs = new Set(["…", "x", "•"]);
  const number = (text) => Number(text.replace(/\./g, "").replace(",", "."));
  await table.locator("thead th").nth(column).locator("button.sort").click();
  const sorted = await cells(table, column);
  const values = sorted.slice(0, -1).filter((text) => !signs.has(text)).filter((text) => !text.includes("/")).map(number);
  expect(values.every((value, at) => at === 0 || values[at - 1] >= value), `${site}: not sorted: ${sorted}`);
  const first = sorted.slice(0, -1).findIndex((text) => signs.has(text));
  expect(first < 0 || sorted.slice(first, -1).every((text) => signs.has(text)), `${site}: signs are not last: ${sorted}`);
  expect(sorted.at(-1) === before.at(-1), `${site}: the total has moved`);
  await table.locator("thead th").nth(0).locator("button.sort").click();
  const collator = new Intl.Collator("vi");
  const bare = (await cells(table, 0)).slice(0, -1).map((name) => name.replace(/^(Xã|Phường|Đặc khu) /, ""));
  expect(bare.every((name, at) => at === 0 || collator.compare(bare[at - 1], name) <= 0), `${site}: names are not sorted: ${bare}`);
  await table.locator("thead th").nth(0).locator("button.sort").click();
  await table.locator("thead th").nth(0).locator("button.sort").click();
  expect(JSON.stringify(await cells(table, 0)) === JSON.stringify(names), `${site}: a third click does not bring back the order`);

  await page.goto(pathToFileURL(join(site, "chi-tieu/index.html")).href);
  const grouped = page.locator(".tw table").first();
  const groups = (await cells(grouped, 0)).filter((text) => text.startsWith("#"));
  await grouped.locator("thead th").nth(3).locator("button.sort").click();
  expect(JSON.stringify((await cells(grouped, 0)).filter((text) => text.startsWith("#"))) === JSON.stringify(groups), `${site}: headings have moved`);
  await page.locator(".tools input").first().fill("viec lam");
  const left = await grouped.locator("tbody tr:not([hidden]):not(.sub)").allTextContents();
  expect(left.length > 0 && left.every((name) => fold(name).includes("viec") && fold(name).includes("lam")), `${site}: the filter leaves ${left}`);
  await page.locator(".tools input").first().fill("");

  await page.locator("[data-copy]").first().click();
  await page.waitForFunction(() => document.querySelector(".said").textContent.startsWith("Đã sao chép"));
  const [html, text] = await page.evaluate(async () => {
    const [item] = await navigator.clipboard.read();
    return Promise.all(["text/html", "text/plain"].map(async (kind) => (await item.getType(kind)).text()));
  });
  const caption = await grouped.locator("caption .fig-title").evaluate((one) => one.lastChild.textContent.trim());
  expect(html.includes("<table") && html.includes(caption) && html.includes("text-align:right") || html.includes("text-align: right"), `${site}: no table on the clipboard: ${html.slice(0, 300)}`);
  expect(html.includes("Nguồn:") && html.includes("Bản dựng") && !html.includes("<svg"), `${site}: the copy lacks its source`);
  const lines = text.split("\n");
  expect(lines[0] === caption && new Set(lines.filter((line) => line.split("\t").length > 3).map((line) => line.split("\t").length)).size === 1, `${site}: the text is no table: ${lines.slice(0, 4)}`);
}

async function figures(page, site) {
  const folder = join(site, "chi-tieu");
  for (const file of readdirSync(folder).filter((name) => name !== "index.html").sort()) {
    await page.goto(pathToFileURL(join(folder, file)).href);
    if ((await page.locator("[data-save=png]:visible").count()) > 0) break;
  }
  const figure = page.locator("figure.fig", { has: page.locator("[data-save]") }).first();
  const title = await figure.locator(".fig-title").evaluate((one) => one.lastChild.textContent.trim());
  const saved = async (kind) => {
    const [download] = await Promise.all([page.waitForEvent("download"), figure.locator(`[data-save=${kind}]`).click()]);
    expect(download.suggestedFilename().endsWith("." + kind), `${site}: saved as ${download.suggestedFilename()}`);
    const path = await download.path();
    if (process.env.KEEP) await download.saveAs(join(process.env.KEEP, download.suggestedFilename()));
    return readFileSync(path);
  };
  const svg = (await saved("svg")).toString("utf8");
  expect(svg.includes(title.split(" ")[0]) && svg.includes("Nguồn:") && svg.includes("Be Vietnam Pro") && !/class=/.test(svg), `${site}: the SVG is not whole`);
  const [, width, height] = svg.match(/viewBox="0 0 (\d+(?:\.\d+)?) (\d+(?:\.\d+)?)"/).map(Number);
  const png = await saved("png");
  expect(png.readUInt32BE(16) === Math.round(2 * width) && png.readUInt32BE(20) === Math.round(2 * height), `${site}: the PNG is ${png.readUInt32BE(16)}×${png.readUInt32BE(20)}, not twice ${width}×${height}`);
  expect(png.length > 20000, `${site}: the PNG holds next to nothing`);
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
for (const site of sites) {
  if (!existsSync(site)) throw new Error(`${site} is not there`);
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, acceptDownloads: true, permissions: ["clipboard-read", "clipboard-write"] });
  const page = await context.newPage();
  page.setDefaultTimeout(15000);
  page.on("console", (message) => message.type() === "error" && faults.push(`${page.url()}: console: ${message.text()}`));
  page.on("pageerror", (error) => faults.push(`${page.url()}: ${error}`));
  for (const part of [search, compare, tables, figures]) {
    try {
      await part(page, site);
    } catch (fault) {
      faults.push(`${site}: ${part.name}: ${fault}`);
    }
  }
  await context.close();
}
await browser.close();

for (const fault of faults) console.error(fault);
console.log(`${checks} checks of what scripts add, ${faults.length} faults`);
process.exit(faults.length > 0 || checks === 0 ? 1 : 0);
