// What a person does with an exported page; each is one check.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { check, loaded, same, shoot } from "./browser.mjs";

const tree = (page) => page.getByRole("tree"), status = (page) => page.locator(".status > span").first().textContent();
const selected = (page) => page.locator('[role=treeitem][aria-selected="true"]').count();
const field = (page) => page.getByLabel("Search the tree");
const found = (page) => page.locator(".search output").textContent();

async function search(page, text) {
  await field(page).fill(text);
  await page.waitForTimeout(250);
  return found(page);
}

export const checks = {
  async "search finds, steps and says what is wrong"(page) {
    check(/^\d[\d,]* found$/.test(await search(page, "powershell")), `search = ${await found(page)}`);
    const all = parseInt((await search(page, "exe")).replace(",", "")), without = parseInt((await search(page, "exe and not cmd:conhost")).replace(",", ""));
    check(without < all, `exe and not cmd:conhost finds ${without} of ${all}`);
    check(/^\d/.test(await search(page, "name:/wmi\\w+\\.exe$/ or (user:svc_backup conhost)")), await found(page));
    check(/no regular expression/.test(await search(page, "/(/")), await found(page));
    check(/no column nowhere/.test(await search(page, "nowhere:x")), await found(page));
    same(await search(page, "zzzzzz"), "nothing found", "search");
    await search(page, "svc_backup");
    await field(page).press("Enter");
    await page.waitForTimeout(150); // the items follow in the next frame
    const at = await tree(page).getAttribute("aria-activedescendant");
    await field(page).press("Enter");
    await page.waitForTimeout(150);
    check(at !== await tree(page).getAttribute("aria-activedescendant"), "Enter does not go to the next match");
    await shoot(page, "search");
    await search(page, "");
  },
  async "a catastrophic pattern is stopped and the page stays awake"(page) {
    await field(page).fill("/(\\S*\\s*)*(\\S*\\s*)*=$x/");
    let slowest = 0;
    for (let i = 0; i < 10; i++) slowest = Math.max(slowest, await page.evaluate(() => new Promise((r) => { const t = performance.now(); requestAnimationFrame(() => requestAnimationFrame(() => r(performance.now() - t))); })));
    check(slowest < 200, `two frames took ${slowest} ms`);
    await page.waitForFunction(() => /takes too long|found/.test(document.querySelector("#gopherwood-page > div").shadowRoot.querySelector(".search output").textContent), null, { timeout: 10000 });
    check(/takes too long/.test(await found(page)), `the pattern gives ${await found(page)}`);
    await search(page, "");
  },
  async "rows fold and unfold"(page) {
    await tree(page).focus();
    await page.keyboard.press("Home");
    const before = await status(page);
    await page.keyboard.press("ArrowLeft");
    await page.waitForTimeout(100);
    check(before !== await status(page), `folding leaves ${before}`);
    same(await page.locator('[role=treeitem][aria-expanded="false"]').count() > 0, true, "an item with aria-expanded=false");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("[");
    await shoot(page, "folded");
    await page.keyboard.press("]");
    await page.waitForTimeout(100);
    same(await status(page), before, "status after unfolding");
  },
  async "click, ctrl, shift and a rubber band select; a token comes"(page) {
    const box = await page.locator(".tree").boundingBox(), at = (row) => [box.x + 200, box.y + 24 + row * 40];
    await page.mouse.click(...at(1));
    await page.waitForTimeout(80);
    same(await selected(page), 1, "selected by a click");
    await page.keyboard.down("Control");
    await page.mouse.click(...at(3));
    await page.keyboard.up("Control");
    await page.waitForTimeout(80);
    same(await selected(page), 2, "selected with ctrl");
    await page.keyboard.down("Shift");
    await page.mouse.click(...at(5));
    await page.keyboard.up("Shift");
    await page.waitForTimeout(80);
    same(await selected(page), 3, "selected with shift");
    await page.mouse.move(box.x + 150, box.y + 60);
    await page.mouse.down();
    await page.mouse.move(box.x + 400, box.y + 150, { steps: 5 });
    await shoot(page, "rubber-band");
    await page.mouse.up();
    await page.waitForTimeout(80);
    same(await selected(page), 3, "selected by a rubber band");
    check(/^ptree\.FromToken\(tree, "[\w-]+"\)$/.test(await page.locator(".token code").textContent()), await page.locator(".token code").textContent());
    same(await page.locator('.tbody .tr[aria-selected="true"]').count(), 3, "rows selected in the table");
    await page.mouse.move(...at(2));
    await page.waitForTimeout(400);
    check(await page.locator(".card").isVisible(), "no card under the pointer");
    await shoot(page, "card");
    await page.mouse.move(5, 5);
  },
  async "the table sorts, filters and leads to the tree"(page) {
    const head = page.getByRole("columnheader", { name: "TimeGenerated" }).getByRole("button"), first = () => page.locator(".tbody .tr").first().locator("div").nth(3).textContent();
    await head.click();
    await head.click();
    await page.waitForTimeout(200);
    const newest = await first();
    await page.getByLabel("Filter the table").fill("user:svc_backup");
    await page.waitForTimeout(250);
    check(/^21 rows/.test(await page.locator(".table-bar small").textContent()), await page.locator(".table-bar small").textContent());
    await page.locator(".tbody .tr").nth(1).click();
    await page.waitForTimeout(150);
    same(await selected(page), 1, "selected from the table");
    await shoot(page, "table");
    await page.getByLabel("Filter the table").fill("");
    await page.waitForTimeout(150);
    check(newest > "2024-03-12 05", `the newest is ${newest}`);
    await head.click();
  },
  async "legend, focus, paths, time and size change the tree; reset undoes it"(page) {
    const all = await status(page).then((s) => s.split(" \u00b7")[0]);
    await page.locator(".entry").first().click();
    await page.waitForTimeout(100);
    check(/^\d+ of 1,010/.test(await status(page)), await status(page));
    await page.locator(".entry").nth(1).click({ modifiers: ["Alt"] });
    await page.waitForTimeout(100);
    check(/^21 of 1,010/.test(await status(page)), await status(page));
    await tree(page).focus();
    await page.keyboard.press("0");
    await search(page, "svc_backup");
    await tree(page).focus();
    await page.keyboard.press("Escape");
    await page.keyboard.press("p");
    await page.waitForTimeout(100);
    check(/^\d+ of 1,010/.test(await status(page)), await status(page));
    await shoot(page, "paths");
    await page.keyboard.press("0");
    await page.waitForTimeout(200);
    const strip = await page.locator(".times canvas").boundingBox();
    await page.mouse.move(strip.x + 100, strip.y + 10);
    await page.mouse.down();
    await page.mouse.move(strip.x + 300, strip.y + 10);
    await page.mouse.up();
    await page.waitForTimeout(100);
    check(/^\d+ of 1,010/.test(await status(page)), await status(page));
    await tree(page).focus();
    for (let i = 0; i < 3; i++) await page.keyboard.press("-");
    await shoot(page, "small-rows");
    for (let i = 0; i < 4; i++) await page.keyboard.press("-");
    await shoot(page, "bars");
    await page.keyboard.press("0");
    await page.waitForTimeout(200);
    same((await status(page)).split(" \u00b7")[0], all, "status after reset");
  },
  async "colours by any column"(page) {
    await page.getByLabel("Colour by").selectOption("TimeGenerated");
    await page.waitForTimeout(150);
    check(await page.locator(".scale").isVisible(), "no colour bar");
    await shoot(page, "colour-bar");
    await page.getByLabel("Colour by").selectOption("SubjectUserName");
  },
  async "copies and saves"(page) {
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    const item = async (name) => { await page.getByRole("button", { name: "Copy", exact: true }).first().click(); await page.getByRole("menuitem", { name }).click(); await page.waitForTimeout(150); return page.evaluate(() => navigator.clipboard.readText()); };
    await search(page, "name:powershell");
    await tree(page).focus();
    await page.keyboard.press("Escape");
    check(/powershell\.exe {2}0x/.test(await item("Copy as a text tree")), "no text tree");
    same(await item("Copy as Go code"), 'tree.Where(dataframe.Matches("NewProcessName", "(?i)powershell"))', "Go code");
    check(/^TenantId,/.test(await item("Copy as CSV")), "no CSV");
    await search(page, "");
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Save a picture" }).click()]);
    check(readFileSync(await download.path()).subarray(1, 4).toString() === "PNG", "the picture is no PNG");
  },
  async "the keyboard alone does it all"(page) {
    await tree(page).focus();
    await page.keyboard.press("/");
    await page.keyboard.type("name:conhost");
    await page.waitForTimeout(250);
    await page.keyboard.press("Enter");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
    await page.keyboard.press("n");
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("Enter");
    await page.waitForTimeout(150);
    check(/^\d+ of 1,010/.test(await status(page)), `after Enter: ${await status(page)}`);
    await page.keyboard.press(" ");
    await page.keyboard.press("Shift+ArrowDown");
    await page.waitForTimeout(100);
    same(await selected(page), 2, "selected by keys");
    await page.keyboard.press("i");
    await page.waitForTimeout(100);
    check(await page.locator(".card").isVisible(), "i shows no card");
    await page.keyboard.press("i");
    await page.keyboard.press("Backspace");
    await page.keyboard.press("?");
    check(await page.getByRole("dialog").isVisible(), "? shows no help");
    await shoot(page, "help");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+a");
    await page.waitForTimeout(100);
    check(/1,010 selected/.test(await status(page)), await status(page));
    await page.keyboard.press("Escape");
    await page.keyboard.press("0");
  },
  async "the address keeps the state"(page) {
    await search(page, "mlindqvist");
    await page.waitForTimeout(700);
    await page.reload();
    await loaded(page);
    await page.waitForTimeout(500);
    same(await field(page).inputValue(), "mlindqvist", "query after reload");
    check(/found/.test(await found(page)), await found(page));
    await search(page, "");
  },
  async "axe finds nothing serious"(page) {
    await page.evaluate(readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8") + ";0");
    const { violations } = await page.evaluate(() => axe.run());
    const bad = violations.filter((v) => v.impact === "serious" || v.impact === "critical");
    same(bad.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(" ").slice(0, 300)}`), [], "serious violations");
  },
};
