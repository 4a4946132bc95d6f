// How fast the page is: first paint, frames while scrolling, memory; printed as a table. Nothing
// here fails: numbers are for people to compare, in one run on one machine.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { launch, loaded, open, pages, shoot } from "./browser.mjs";

const browser = await launch(), rows = [];

/** scroll turns the wheel for some seconds and returns the time between frames. */
async function scroll(page, seconds, step, at = ".tree") {
  const box = await page.locator(at).first().boundingBox();
  await page.mouse.move(box.x + 300, box.y + 100);
  await page.evaluate(() => {
    window.frames_ = []; window.long_ = [];
    let last = performance.now();
    const tick = (t) => { window.frames_.push(t - last); last = t; window.raf_ = requestAnimationFrame(tick); };
    requestAnimationFrame(tick);
    new PerformanceObserver((list) => { for (const e of list.getEntries()) window.long_.push(Math.round(e.duration)); }).observe({ entryTypes: ["longtask"] });
  });
  for (const end = Date.now() + seconds * 1000; Date.now() < end;) { await page.mouse.wheel(0, step); await page.waitForTimeout(8); }
  return page.evaluate(() => { cancelAnimationFrame(window.raf_); return { frames: window.frames_.slice(2), long: window.long_ }; });
}

function summary({ frames, long }) {
  const sorted = [...frames].sort((a, b) => a - b), at = (q) => sorted[Math.floor((sorted.length - 1) * q)].toFixed(1);
  return { fps: (1000 * frames.length / frames.reduce((a, b) => a + b, 0)).toFixed(0), "median ms": at(0.5), "p99 ms": at(0.99), "worst ms": at(1), "tasks >50ms": long.length, longest: Math.max(0, ...long) };
}

/** memory is what scripts hold, typed arrays included, in megabytes. */
async function memory(page) {
  await page.waitForTimeout(500);
  const session = await page.context().newCDPSession(page), { usedSize, backingStorageSize = 0 } = await session.send("Runtime.getHeapUsage");
  await session.detach();
  return Math.round((usedSize + backingStorageSize) / 1e6);
}

/** bokeh marks when Bokeh says that all of its page is drawn. */
function bokeh() {
  const look = () => { if (window.Bokeh?.documents?.[0]?.is_idle) requestAnimationFrame(() => performance.mark("bokeh-painted")); else requestAnimationFrame(look); };
  requestAnimationFrame(look);
}

/** peer measures the same tree drawn by Bokeh, where make has its page. */
async function peer() {
  if (!existsSync(join(pages, "20k-bokeh.html"))) return;
  const { page, context } = await open(browser, "20k-bokeh", { width: 1400, height: 800, painted: "bokeh-painted", script: bokeh });
  const paint = await page.evaluate(() => performance.getEntriesByName("bokeh-painted")[0].startTime);
  await shoot(page, "bokeh-20k");
  for (const [what, step] of [["slow", 60], ["fast", 900]]) rows.push({ page: "20k by Bokeh", what: `scroll ${what}`, "first paint ms": paint.toFixed(0), "all loaded ms": paint.toFixed(0), ...summary(await scroll(page, 4, step, ".bk-Figure")), "page MB": await memory(page) });
  await shoot(page, "bokeh-20k-scrolled");
  await context.close();
}

// the browser's own start is no page's: the first page pays for it, and is not counted
await (await open(browser, "one", { width: 1400, height: 800 })).context.close();

for (const name of process.argv[2]?.split(",") ?? ["20k", "1m", "deep"]) {
  const { page, context } = await open(browser, name, { width: 1400, height: 800 });
  const paint = await page.evaluate(() => performance.getEntriesByName("gopherwood-painted")[0].startTime);
  const during = summary(await scroll(page, 2, 120));
  await loaded(page);
  const ready = await page.evaluate(() => performance.getEntriesByName("gopherwood-loaded")[0].startTime);
  for (const [what, step] of [["slow", 60], ["fast", 900]]) rows.push({ page: name, what: `scroll ${what}`, "first paint ms": paint.toFixed(0), "all loaded ms": ready.toFixed(0), ...summary(await scroll(page, 4, step)), "page MB": await memory(page) });
  rows.push({ page: name, what: "scroll while loading", ...during });
  const work = async (what, f) => { const counting = scroll(page, 4, 30); await f(); rows.push({ page: name, what, ...summary(await counting) }); };
  const field = page.getByLabel("Search the tree");
  await work("search", () => field.fill("session 4"));
  await work("pattern", () => field.fill("/task=[0-9a-f]*ff.*log$/"));
  await field.fill("");
  await page.getByRole("tree").focus();
  await work("open the table", () => page.keyboard.press("t"));
  await work("sort", () => page.getByRole("columnheader").nth(2).getByRole("button").click());
  await work("filter", () => page.getByLabel("Filter the table").fill("c0ffee or session"));
  await page.getByRole("tree").focus();
  await work("fold all", () => page.keyboard.press("["));
  rows.push({ page: name, what: "in the end", "page MB": await memory(page) });
  await context.close();
}
if (!process.argv[2] || process.argv[2].includes("20k")) await peer();
console.table(rows);
await browser.close();
