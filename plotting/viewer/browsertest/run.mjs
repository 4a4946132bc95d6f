// Runs the checks. VIEWER_PAGES is the folder that `go test -run TestPages` filled.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { launch, loaded, open, pages, same, shoot } from "./browser.mjs";
import { checks } from "./person.mjs";
import { folds } from "./folds.mjs";
import { frames } from "./frames.mjs";
import { mounts } from "./mounts.mjs";

const only = process.argv[2], browser = await launch();
let failed = 0;

async function attempt(name, f) {
  if (only && !name.includes(only)) return;
  try { await f(); console.log(`ok    ${name}`); } catch (e) { failed++; console.log(`FAIL  ${name}\n      ${e.message}`); }
}

for (const scheme of ["light", "dark"]) {
  const { page, wrong, context } = await open(browser, "windows", { scheme });
  await loaded(page);
  await shoot(page, `windows-${scheme}`);
  for (const [name, f] of Object.entries(checks)) await attempt(`${scheme}: ${name}`, () => f(page));
  await attempt(`${scheme}: no error in the console, no request`, () => same(wrong, [], "what went wrong"));
  await context.close();
}

for (const scheme of ["light", "dark"]) for (const [name, width] of [["one", 900], ["fifteen", 560], ["linux", 1200], ["rarity", 1200], ["deep", 1000], ["folded", 900], ["hostile", 1200], ["20k", 1400]]) {
  await attempt(`${name} ${scheme}: opens, and nothing goes wrong`, async () => {
    const { page, wrong, context } = await open(browser, name, { scheme, width });
    await loaded(page);
    for (const key of ["End", "PageUp", "i"]) { await page.getByRole("tree").focus(); await page.keyboard.press(key); }
    await page.waitForTimeout(200);
    await shoot(page, `${name}-${scheme}`);
    same(wrong, [], "what went wrong");
    await context.close();
  });
}
await attempt("a file that is cut short says so", async () => {
  const whole = readFileSync(join(pages, "windows.html"));
  writeFileSync(join(pages, "cut.html"), whole.subarray(0, whole.length - 3000));
  const { page, context } = await open(browser, "cut");
  await page.getByRole("alert").filter({ hasText: "cut short" }).waitFor({ timeout: 5000 });
  await context.close();
});
for (const [name, f] of Object.entries({ ...folds, ...frames, ...mounts })) await attempt(name, () => f(browser));
await browser.close();
process.exitCode = failed ? 1 : 0;
console.log(failed ? `${failed} failed` : "all passed");
