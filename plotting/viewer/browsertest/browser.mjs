// A browser with no network, and what every check needs of it.
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

export const pages = process.env.VIEWER_PAGES ?? "pages";
export const shots = process.env.VIEWER_SHOTS ?? "shots";
mkdirSync(shots, { recursive: true });

const found = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((f) => f && existsSync(f));

export function launch() {
  if (!found) throw new Error("no Chromium: install it, or say where it is in CHROMIUM");
  return chromium.launch({ executablePath: found, args: ["--no-sandbox", "--enable-precise-memory-info"] });
}

/** open shows a page from disk and collects what must not happen: errors, requests, dialogs. */
export async function open(browser, name, { scheme = "light", width = 1200, height = 760, hash = "", context: more = {}, painted = "gopherwood-painted", script } = {}) {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: scheme, acceptDownloads: true, ...more });
  if (script) await context.addInitScript(script);
  const page = await context.newPage(), wrong = [];
  page.on("console", (m) => { if (m.type() === "error" || m.type() === "warning") wrong.push(`console: ${m.text()}`); });
  page.on("pageerror", (e) => wrong.push(`error: ${e.stack}`));
  page.on("dialog", (d) => { wrong.push(`dialog: ${d.message()}`); void d.dismiss(); });
  page.on("request", (r) => { if (!/^(file|blob|data):/.test(r.url())) wrong.push(`request: ${r.url()}`); });
  await page.goto(pathToFileURL(join(pages, name + ".html")) + hash, { waitUntil: "commit" });
  await page.waitForFunction((mark) => performance.getEntriesByName(mark).length > 0, painted, { timeout: 120000 });
  return { page, wrong, context };
}

export async function loaded(page) { await page.waitForFunction(() => performance.getEntriesByName("gopherwood-loaded").length > 0, null, { timeout: 60000 }); }

export async function shoot(page, name) { await page.waitForTimeout(350); await page.screenshot({ path: join(shots, name + ".png") }); }

export function check(truth, text) { if (!truth) throw new Error(text); }

export function same(got, want, what) { check(JSON.stringify(got) === JSON.stringify(want), `${what} = ${JSON.stringify(got)}, want ${JSON.stringify(want)}`); }
