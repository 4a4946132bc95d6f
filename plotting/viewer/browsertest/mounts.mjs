// Several models with one name in a notebook's page: the tree in an output is the right one's.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { check, pages, same } from "./browser.mjs";
import { notebook } from "./frames.mjs";

/** prepare gives the page what makes models, each with a copy of the module, as anywidget does:
 * begin(model) is done in an instant once the model is made. */
async function prepare(page) {
  const given = JSON.parse(readFileSync(join(pages, "live.json"), "utf8"));
  await page.evaluate(({ module, data, options }) => {
    window.made = {};
    window.make = async (key, path) => {
      const bytes = Uint8Array.from(atob(data), (c) => c.charCodeAt(0)), listeners = {};
      const values = { data: new DataView(bytes.buffer), options, mount: "figure 1", selected: [], focus: -1, state: {}, theme: "" };
      const model = {
        get: (k) => values[k], save_changes: () => {}, send: () => {},
        set: (k, v) => { values[k] = v; for (const f of listeners["change:" + k] ?? []) f(); },
        on: (e, f) => (listeners[e] ??= new Set()).add(f), off: (e, f) => listeners[e]?.delete(f),
        widget_manager: path && { context: { path } },
      };
      const { default: widget } = await import(URL.createObjectURL(new Blob([module], { type: "text/javascript" })));
      window.made[key] = { model, begin() { this.close = widget.initialize({ model }); } };
    };
    window.output = document.getElementById("output").innerHTML;
  }, given);
}

const make = (page, key, path) => page.evaluate(([key, path]) => window.make(key, path), [key, path]);

/** settled waits until the mounts have looked at the page as it is now. */
const settled = (page) => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(done)))));

/** told clicks the trees in sight, one row further in each, and says what each model was told. */
async function told(page, row = 1) {
  await settled(page);
  await page.evaluate(() => { for (const { model } of Object.values(window.made)) model.set("selected", []); });
  for (const tree of await page.getByRole("tree").all()) {
    await tree.click({ position: { x: 200, y: 24 + 40 * row++ }, force: true });
  }
  return page.evaluate(() => Object.fromEntries(Object.entries(window.made).map(([key, { model }]) => [key, model.get("selected")])));
}

async function among(browser, f) {
  const { page, wrong, context } = await notebook(browser);
  await prepare(page);
  await f(page);
  same(wrong, [], "what went wrong");
  await context.close();
}

const panels = (...paths) => `<ul>${paths.map((p, i) => `<li role="tab" data-id="panel ${i}" title="Name: a.ipynb\nPath: ${p}\nLast Saved: today"></li>`).join("")}</ul>` +
  paths.map((_, i) => `<div class="jp-NotebookPanel" id="panel ${i}"></div>`).join("");

export const mounts = {
  async "live: after a restart the output is the new kernel's, whichever comes first"(browser) {
    await among(browser, async (page) => {
      await make(page, "before");
      await page.evaluate(() => window.made.before.begin());
      same(await told(page), { before: [1, 2] }, "told");
      await make(page, "output first");
      await page.evaluate(async () => {
        document.getElementById("output").innerHTML = window.output;
        await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
        window.made["output first"].begin();
      });
      same(await told(page), { before: [], "output first": [1, 2] }, "told after the output came first");
      await make(page, "model first");
      await page.evaluate(() => {
        document.getElementById("output").innerHTML = "";
        window.made["model first"].begin();
        document.getElementById("output").innerHTML = window.output;
      });
      same(await told(page), { before: [], "output first": [], "model first": [1, 2] }, "told after the model came first");
      await make(page, "at once");
      await page.evaluate(() => {
        document.getElementById("output").innerHTML = window.output;
        window.made["at once"].begin();
      });
      same(await told(page), { before: [], "output first": [], "model first": [], "at once": [1, 2] }, "told after both came at once");
      same(await page.getByRole("tree").count(), 1, "trees");
    });
  },
  async "live: of two views of a notebook the one that stays has the outputs"(browser) {
    await among(browser, async (page) => {
      await make(page, "first");
      await make(page, "second");
      await page.evaluate(() => { window.made.first.begin(); window.made.second.begin(); });
      same(await told(page), { first: [], second: [1, 2] }, "told");
      await page.evaluate(() => window.made.second.close());
      same(await told(page), { first: [1, 2], second: [] }, "told after the second was closed");
      await page.evaluate(() => window.made.first.close());
      check(await page.getByRole("tree").isVisible(), "no tree is left to read");
    });
  },
  async "live: a copy of the notebook in the same page has its own kernel's trees"(browser) {
    await among(browser, async (page) => {
      for (const path of ["a.ipynb", "sub/a.ipynb"]) await make(page, path, path);
      await page.evaluate((panels) => {
        document.getElementById("output").outerHTML = panels;
        for (const panel of document.querySelectorAll(".jp-NotebookPanel")) panel.innerHTML = window.output;
        window.made["sub/a.ipynb"].begin();
      }, panels("a.ipynb", "sub/a.ipynb"));
      same(await told(page), { "a.ipynb": [], "sub/a.ipynb": [1, 2] }, "told with one kernel");
      await page.evaluate(() => window.made["a.ipynb"].begin());
      same(await told(page), { "a.ipynb": [1, 2], "sub/a.ipynb": [2, 3] }, "told with two kernels");
      await page.evaluate(() => document.querySelector("[role=tab]").setAttribute("title", "Name: b.ipynb\nPath: b.ipynb"));
      await page.evaluate(() => document.body.append(document.createElement("p")));
      await settled(page);
      same(await page.getByRole("tree").count(), 1, "trees where one panel has another notebook");
      check(await page.getByText("the picture").first().isVisible(), "the output's own picture is not back");
    });
  },
};
