// The tree in a notebook's page: in its frame, and live through a model like anywidget's.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { check, pages, same, shoot } from "./browser.mjs";

export async function notebook(browser, { scripts = true } = {}) {
  const context = await browser.newContext({ viewport: { width: 1100, height: 640 }, javaScriptEnabled: scripts });
  const page = await context.newPage(), wrong = [];
  page.on("console", (m) => { if (m.type() === "error") wrong.push(m.text()); });
  page.on("pageerror", (e) => wrong.push(e.stack));
  await page.goto(pathToFileURL(join(pages, "notebook.html")).href);
  return { page, wrong, context };
}

/** live makes a model in the page, as anywidget does when the comm opens, and runs initialize. */
async function live(page) {
  const given = JSON.parse(readFileSync(join(pages, "live.json"), "utf8"));
  await page.evaluate(async ({ module, data, blocks, options }) => {
    const bytes = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0)), listeners = {};
    const emit = (event, ...args) => { for (const f of listeners[event] ?? []) f(...args); };
    const values = { data: new DataView(bytes(data).buffer), options, mount: "figure 1", selected: [], focus: -1, state: {}, theme: "" };
    window.asked = [];
    window.saved = 0;
    window.model = {
      get: (k) => values[k], save_changes: () => { window.saved++; },
      set: (k, v) => { values[k] = v; emit("change:" + k); },
      on: (e, f) => (listeners[e] ??= new Set()).add(f), off: (e, f) => listeners[e]?.delete(f),
      send: (m) => { window.asked.push(m); setTimeout(() => emit("msg:custom", m, [new DataView(bytes(blocks[`${m.column}/${m.block}`]).buffer)]), 5); },
    };
    const { default: widget } = await import(URL.createObjectURL(new Blob([module], { type: "text/javascript" })));
    window.widget = widget;
    window.close_ = widget.initialize({ model: window.model });
  }, given);
  await page.waitForTimeout(400);
}

const selected = (page) => page.evaluate(() => window.model.get("selected"));

export const frames = {
  async "frame: takes the notebook's theme, and cannot reach its page"(browser) {
    const { page, wrong, context } = await notebook(browser), frame = page.frameLocator("iframe");
    await frame.getByRole("tree").waitFor();
    same(await frame.locator(".viewer").getAttribute("data-theme"), "dark", "theme");
    await page.getByText("the picture").waitFor({ state: "hidden" });
    await page.evaluate(() => document.body.setAttribute("data-jp-theme-light", "true"));
    await page.waitForTimeout(200);
    same(await frame.locator(".viewer").getAttribute("data-theme"), "light", "theme after a change");
    await shoot(page, "frame");
    same(await page.frames()[1].evaluate(() => { try { return parent.document.title; } catch { return "refused"; } }), "refused", "the notebook's title from the frame");
    same(wrong, [], "what went wrong");
    await context.close();
  },
  async "frame: the picture stays where scripts do not run"(browser) {
    const { page, context } = await notebook(browser, { scripts: false });
    check(await page.getByText("the picture").isVisible(), "no picture");
    check(!await page.locator("iframe").isVisible(), "an empty frame is seen");
    await context.close();
  },
  async "live: draws where the output is, and fetches what was not sent"(browser) {
    const { page, wrong, context } = await notebook(browser);
    await live(page);
    const tree = page.getByRole("tree");
    check(await tree.isVisible(), "no tree in the notebook's page");
    check(!await page.locator("iframe").isVisible(), "the frame is still there");
    check((await page.evaluate(() => window.asked.length)) > 0, "nothing was asked for");
    const box = await tree.boundingBox();
    await page.mouse.click(box.x + 200, box.y + 64);
    same(await selected(page), [1, 2], "selected by a click");
    await page.keyboard.down("Control");
    await page.mouse.click(box.x + 200, box.y + 144);
    await page.keyboard.up("Control");
    same(await selected(page), [1, 2, 3, 4], "selected with ctrl");
    await page.evaluate(() => window.model.set("selected", [700, 702]));
    await page.waitForTimeout(200);
    same(await page.locator('[role=treeitem][aria-selected="true"]').count(), 2, "selected by Go, in sight");
    await page.evaluate(() => window.model.set("focus", 1));
    await page.waitForTimeout(200);
    check(/^1 of/.test(await page.locator(".status > span").first().textContent()), "Go does not focus");
    await page.evaluate(() => window.model.set("focus", -1));
    await shoot(page, "live");
    same(wrong, [], "what went wrong");
    await context.close();
  },
  async "live: outlives the output's leaving and coming back, several views, and the kernel's end"(browser) {
    const { page, wrong, context } = await notebook(browser);
    await live(page);
    await page.evaluate(() => { const o = document.getElementById("output"); window.kept = o.innerHTML; o.firstElementChild.remove(); });
    await page.waitForTimeout(150);
    same(await page.getByRole("tree").count(), 0, "trees while the output is away");
    await page.evaluate(() => { document.getElementById("output").innerHTML = window.kept + window.kept; });
    await page.waitForTimeout(400);
    same(await page.getByRole("tree").count(), 2, "trees in two views");
    await page.evaluate(() => { const saved = window.saved; window.close_(); window.savedThen = saved; });
    const box = await page.getByRole("tree").first().boundingBox();
    await page.mouse.click(box.x + 200, box.y + 64);
    await page.waitForTimeout(700);
    same(await page.locator('[role=treeitem][aria-selected="true"]').count() > 0, true, "the tree answers without a kernel");
    same(await page.evaluate(() => window.saved - window.savedThen), 0, "changes sent to a closed model");
    same(wrong, [], "what went wrong");
    await context.close();
  },
  async "live: an ordinary widget view by render"(browser) {
    const { page, wrong, context } = await notebook(browser);
    await live(page);
    await page.evaluate(() => { const el = document.createElement("div"); el.id = "view"; document.body.prepend(el); window.away = window.widget.render({ model: window.model, el }); });
    await page.waitForTimeout(300);
    check(await page.locator("#view").getByRole("tree").isVisible(), "render draws nothing");
    await page.evaluate(() => window.away());
    same(wrong, [], "what went wrong");
    await context.close();
  },
};
