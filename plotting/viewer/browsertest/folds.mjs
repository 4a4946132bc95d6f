// What a person does with rows that stand for several processes.
import { check, loaded, open, same, shoot } from "./browser.mjs";

const items = (page) => page.locator("[role=treeitem]").allTextContents();
const status = async (page) => (await page.locator(".status > span").first().textContent()).replace(/ \u00b7 .*/, "");
const chosen = async (page) => (await page.locator(".status > span").first().textContent()).match(/([\d,]+) selected/)?.[1];
const pause = (page) => page.waitForTimeout(150); // the items follow in the next frame

async function fresh(browser, scheme = "light") {
  const opened = await open(browser, "folded", { scheme, width: 1000 });
  await loaded(opened.page);
  await opened.page.getByRole("tree").focus();
  await opened.page.keyboard.press("Home");
  await pause(opened.page);
  return opened;
}

const all = "203 processes in 6 rows";

export const folds = {
  async "repetition has one row with its count, and opens by Enter and by a click"(browser) {
    const { page, wrong, context } = await fresh(browser);
    same(await status(page), all, "status at first");
    const texts = await items(page);
    for (const want of ["cscript.exe \u00d760", "conhost.exe \u00d760", "powershell.exe \u2192 cmd.exe \u00d740", "whoami.exe"]) check(texts.some((t) => t.startsWith(want)), `no item ${want} in ${texts}`);
    await shoot(page, "piles-light");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await pause(page);
    same(await status(page), "203 processes in 124 rows", "status with the scripts open");
    await shoot(page, "piles-open");
    await page.keyboard.press("r");
    await pause(page);
    same(await status(page), all, "status after r");
    const tree = await page.locator(".tree").boundingBox(), shownAt = 24 + 40 * 4; // the chain's row
    const wide = Math.min(680, tree.width - 14 - 24 - 12);
    await page.mouse.click(tree.x + 14 + 24 + wide - 30, tree.y + shownAt);
    await pause(page);
    same(await status(page), "203 processes in 85 rows", "status with the chain open");
    await page.keyboard.press("R");
    await pause(page);
    same(await status(page), all, "status after R");
    await page.keyboard.press("R");
    await pause(page);
    same(await status(page), "203 processes", "status after R again");
    same(wrong, [], "what went wrong");
    await context.close();
  },
  async "a row that stands for several selects all of them, exactly"(browser) {
    const { page, context } = await fresh(browser);
    const tree = await page.locator(".tree").boundingBox();
    await page.mouse.click(tree.x + 200, tree.y + 24 + 40);
    await pause(page);
    same(await chosen(page), "60", "selected by a click on the scripts");
    await page.keyboard.down("Control");
    await page.mouse.click(tree.x + 200, tree.y + 24 + 160);
    await page.keyboard.up("Control");
    await pause(page);
    same(await chosen(page), "140", "selected with the chain");
    await page.keyboard.press("Control+a");
    await pause(page);
    same(await chosen(page), "203", "selected by Ctrl+A");
    await context.close();
  },
  async "search finds what is folded, and opens it"(browser) {
    const { page, context } = await fresh(browser);
    const field = page.getByLabel("Search the tree");
    await field.fill("ProcessId:1020"); // the third script's
    await page.waitForTimeout(300);
    same(await page.locator(".search output").textContent(), "1 found", "search");
    await shoot(page, "piles-hit");
    same(await status(page), all, "status before Enter");
    await field.press("Enter");
    await pause(page);
    check((await items(page)).some((t) => /PID 1020.*found/.test(t)), "the process that was found has no row");
    await context.close();
  },
  async "folded rows in the dark"(browser) {
    const { page, wrong, context } = await fresh(browser, "dark");
    await shoot(page, "piles-dark");
    same(wrong, [], "what went wrong");
    await context.close();
  },
};
