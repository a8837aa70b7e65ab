// Firefox over WebDriver BiDi, as Debian ships it: no driver, no build of its own, only the few commands needed here.

import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import WebSocket from "ws";
import { WORDS } from "./chromium.mjs";

/** Faults of some pages: as Chromium shows them, with and without JavaScript; `said` holds Chromium's words. */
export async function checkFirefox(executable, site, pages, said) {
  const faults = [];
  const root = pathToFileURL(site).href;
  let now = "";
  const told = (event, { level, text, request }) => {
    if (event === "log.entryAdded" && level === "error") faults.push(`${now}: Firefox console: ${text}`);
    if (event === "network.beforeRequestSent" && !request.url.startsWith(root) && !request.url.startsWith("data:")) {
      faults.push(`${now}: Firefox asks for ${request.url}`);
    }
  };
  for (const scripts of [true, false]) {
    const browser = await firefox(executable, told, scripts ? {} : { "javascript.enabled": false });
    await browser.send("session.subscribe", { events: ["log.entryAdded", "network.beforeRequestSent"] });
    for (const page of pages) {
      now = relative(site, page);
      await browser.goto(pathToFileURL(page).href);
      if ((await browser.evaluate(WORDS)) !== said.get(page)) {
        faults.push(`${now}: says other things in Firefox ${scripts ? "with" : "without"} JavaScript`);
      }
      if (!scripts) continue;
      for (const width of [360, 1280, 1920]) {
        await browser.size(width, 800);
        const over = await browser.evaluate("document.documentElement.scrollWidth - window.innerWidth");
        if (over > 0) faults.push(`${now}: ${over} px too wide at ${width} in Firefox`);
      }
    }
    await browser.close();
  }
  return faults;
}

const QUIET = {
  "app.normandy.enabled": false,
  "app.update.auto": false,
  "browser.safebrowsing.downloads.remote.enabled": false,
  "datareporting.policy.dataSubmissionEnabled": false,
  "extensions.getAddons.cache.enabled": false,
  "network.captive-portal-service.enabled": false,
  "network.connectivity-service.enabled": false,
  "services.settings.server": "data:,",
  "toolkit.telemetry.server": "data:,",
};

/** A running Firefox; `told` gets the name and the contents of every event. */
async function firefox(executable, told, preferences = {}) {
  const profile = mkdtempSync(join(tmpdir(), "tongket-firefox-"));
  const lines = Object.entries({ ...QUIET, ...preferences });
  writeFileSync(join(profile, "user.js"), lines.map(([name, value]) => `user_pref("${name}", ${JSON.stringify(value)});\n`).join(""));
  const child = spawn(executable, ["--headless", "--no-remote", "--remote-debugging-port=0", "--profile", profile]);
  const address = await new Promise((resolve, reject) => {
    let said = "";
    child.stderr.on("data", (text) => {
      said += text;
      const found = said.match(/WebDriver BiDi listening on (ws:\S+)/);
      if (found) resolve(found[1]);
    });
    child.on("exit", () => reject(new Error(`Firefox ended before it could be spoken to:\n${said}`)));
  });
  const socket = new WebSocket(`${address}/session`, { perMessageDeflate: false });
  await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
  const waiting = new Map();
  socket.on("message", (text) => {
    const message = JSON.parse(text);
    if (message.type === "event") return told(message.method, message.params);
    const { resolve, reject } = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.type === "success") resolve(message.result);
    else reject(new Error(`${message.error}: ${message.message}`));
  });
  let last = 0;
  const send = (method, params = {}) =>
    new Promise((resolve, reject) => {
      last += 1;
      waiting.set(last, { resolve, reject });
      socket.send(JSON.stringify({ id: last, method, params }));
    });
  await send("session.new", { capabilities: {} });
  const { contexts } = await send("browsingContext.getTree");
  const context = contexts[0].context;
  return {
    send,
    context,
    goto: (url) => send("browsingContext.navigate", { context, url, wait: "complete" }),
    /** The value of an expression on the page; text, number or truth. */
    async evaluate(expression) {
      const { type, result, exceptionDetails } = await send("script.evaluate", {
        expression,
        target: { context },
        awaitPromise: true,
      });
      if (type !== "success") throw new Error(exceptionDetails.text);
      return result.value;
    },
    size: (width, height) => send("browsingContext.setViewport", { context, viewport: { width, height } }),
    async close() {
      await send("browser.close").catch(() => {});
      socket.terminate();
      if (child.exitCode === null) await new Promise((resolve) => child.once("exit", resolve));
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
