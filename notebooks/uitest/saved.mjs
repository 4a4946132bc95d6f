// What is left when no kernel answers: a saved notebook, an untrusted one, pages.
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { Tree, where } from './tree.mjs';

// looked are cells whose figures are looked at.
const looked = [['tree', 'ShowTable: true, OutputVar'], ['hostile', 'attackFigure :=']];

// copied writes the saved notebook under another name, for a kernel that is not there.
async function copied(lab, name) {
  const saved = JSON.parse(await readFile(path.join(lab.files, lab.notebook), 'utf8'));
  const widgets = JSON.stringify(saved).match(/application\/vnd\.jupyter\.widget-(view|state)\+json/g) ?? [];
  saved.metadata.kernelspec = { name: 'gone', display_name: 'gone', language: 'gone' };
  saved.metadata.language_info = { name: 'gone' }; // JupyterLab would take a kernel of the same language
  await writeFile(path.join(lab.files, name), JSON.stringify(saved));
  return widgets;
}

// opened shows a notebook and refuses it a kernel.
async function opened(lab, name) {
  await lab.show(name);
  await lab.page.locator('.jp-Dialog button', { hasText: 'No Kernel' }).click({ timeout: 60000 });
  await sleep(2000);
}

async function nothingWaits(lab, checks) {
  const text = await lab.page.evaluate(() => document.body.innerText);
  checks.that('nothing waits for a widget', !/Loading widget|Error displaying widget|model not found/i.test(text));
}

export async function kernelless(lab, checks) {
  const widgets = await copied(lab, 'kernelless.ipynb');
  checks.that('the saved notebook has no widget in it', widgets.length === 0, widgets);
  await lab.jupyter('trust', 'kernelless.ipynb');
  await opened(lab, 'kernelless.ipynb');
  for (const [name, text] of looked) {
    const cell = await lab.cell(await where(lab, text));
    const frame = cell.frameLocator('iframe');
    await frame.getByRole('tree').waitFor({ timeout: 60000 });
    await cell.locator('[data-gopherwood-fallback]').waitFor({ state: 'hidden' });
    const tree = new Tree(lab.page, frame);
    checks.that(`${name}: the tree is there, in its frame`, await tree.tree.isVisible());
    await tree.click(1);
    const token = await frame.locator('.token code').textContent();
    checks.that(`${name}: a selection gives a token`, /^ptree\.FromToken\(tree, "[\w-]+"\)$/.test(token), token);
    await lab.shot(`${lab.prefix}-kernelless-${name}`);
  }
  await nothingWaits(lab, checks);
}

export async function untrusted(lab, checks) {
  await copied(lab, 'untrusted.ipynb');
  // a text that nobody signed
  const file = path.join(lab.files, 'untrusted.ipynb');
  await writeFile(file, (await readFile(file, 'utf8')).replace('# Process trees', '# Process trees of a stranger'));
  await opened(lab, 'untrusted.ipynb');
  checks.that('the notebook is not trusted', (await lab.cells()).some(c => c.trusted === false));
  for (const [name, text] of looked) {
    const cell = await lab.cell(await where(lab, text));
    const picture = cell.locator('.jp-OutputArea-output img');
    await picture.first().waitFor({ timeout: 60000 });
    const width = await picture.first().evaluate(async img => { await img.decode(); return img.naturalWidth; });
    checks.that(`${name}: the picture is there`, width > 300, width);
    checks.that(`${name}: no frame and no script is left`, await cell.locator('.jp-OutputArea-output').locator('iframe, script').count() === 0);
    await lab.shot(`${lab.prefix}-untrusted-${name}`);
  }
  await nothingWaits(lab, checks);
}

// disk opens a file with no network, in a page of its own.
async function disk(lab, file, options = {}) {
  const context = await lab.browser.newContext({ viewport: { width: 1200, height: 800 }, ...options });
  await context.setOffline(true);
  const troubles = [];
  const page = await context.newPage();
  page.on('console', m => { if (m.type() === 'error') troubles.push(m.text()); });
  page.on('pageerror', e => troubles.push(String(e)));
  page.on('request', r => { if (!/^(file|blob|data|about):/.test(r.url())) troubles.push(`request: ${r.url()}`); });
  await context.addInitScript(() => { window.alert = what => console.error(`the guard saw alert(${what})`); });
  await page.goto(pathToFileURL(path.join(lab.files, file)).href, { waitUntil: 'domcontentloaded' });
  return { page, context, troubles };
}

export async function converted(lab, checks) {
  await lab.jupyter('nbconvert', '--to', 'html', lab.notebook, '--output', 'converted.html');
  const { page, context, troubles } = await disk(lab, 'converted.html');
  const boxes = page.locator('[data-gopherwood]');
  checks.that('the page has all figures', await boxes.count() >= 6, await boxes.count());
  for (const [name, at] of [['first', boxes.first()], ['last', boxes.last()]]) {
    await at.scrollIntoViewIfNeeded();
    const frame = at.frameLocator('iframe');
    await frame.getByRole('tree').waitFor({ timeout: 60000 });
    checks.that(`${name}: the tree is there`, await frame.getByRole('tree').isVisible());
    await sleep(500);
    await at.scrollIntoViewIfNeeded(); // frames are of other heights than the pictures before them
    await page.screenshot({ path: path.join(lab.out, `${lab.prefix}-nbconvert-${name}.png`) });
  }
  const ours = troubles.filter(t => /guard|alert|gopherwood/.test(t));
  checks.that('no text of a log was run', ours.length === 0, ours);
  await context.close();
  const still = await disk(lab, 'converted.html', { javaScriptEnabled: false });
  const picture = still.page.locator('[data-gopherwood] img').first();
  await picture.scrollIntoViewIfNeeded();
  checks.that('without scripts the picture is there', await picture.isVisible());
  await still.page.screenshot({ path: path.join(lab.out, `${lab.prefix}-nbconvert-no-script.png`) });
  await still.context.close();
}

export async function exported(lab, checks) {
  for (const [file, count] of [['tree.html', 43], ['hostile.html', 1]]) {
    const { page, context, troubles } = await disk(lab, file);
    await page.getByRole('tree').waitFor({ timeout: 60000 });
    await page.getByRole('tree').focus();
    for (const key of ['Escape', 'Home', 'ArrowDown', ' ', 'i', 'i', 't']) {
      await page.keyboard.press(key);
      await sleep(200);
    }
    const status = await page.locator('.status > span').first().textContent();
    checks.that(`${file}: it works from disk, offline`, /1 selected/.test(status) && parseInt(status) >= count, status);
    checks.that(`${file}: no error and no request`, troubles.length === 0, troubles);
    await page.screenshot({ path: path.join(lab.out, `${lab.prefix}-${file.replace('.html', '')}.png`) });
    await context.close();
    const still = await disk(lab, file, { javaScriptEnabled: false });
    checks.that(`${file}: without scripts the picture is there`, await still.page.locator('noscript img').isVisible());
    if (file === 'tree.html') await still.page.screenshot({ path: path.join(lab.out, `${lab.prefix}-tree-no-script.png`) });
    await still.context.close();
  }
}
