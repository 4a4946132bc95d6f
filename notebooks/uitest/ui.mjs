// The interactive tree in the front ends of Jupyter, in a browser: live, saved, exported, hostile.
// usage: node ui.mjs REPOSITORY VENV PAGES OUT [FRONTEND]; run.sh prepares them.
import { cp, mkdir } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { launch } from '../../kernel/labtest/browser.mjs';
import { Checks } from '../../kernel/labtest/checks.mjs';
import { Lab } from '../../kernel/labtest/page.mjs';
import { start } from '../../kernel/labtest/server.mjs';
import { Guard } from './guard.mjs';
import { attacked } from './hostile.mjs';
import { byKeys } from './keys.mjs';
import { copied, live, reloaded, restarted, selected } from './live.mjs';
import { converted, exported, kernelless, untrusted } from './saved.mjs';

const [root, venv, pages, out] = process.argv.slice(2, 6).map(folder => path.resolve(folder));
if (!out) {
  console.error('usage: node ui.mjs REPOSITORY VENV PAGES OUT [FRONTEND]');
  process.exit(2);
}

// a front end's steps share its page; what they save is read by those after it
const frontEnds = [['lab', 'lab/tree'], ['notebook', 'notebooks']];
const inFrontEnd = [
  ['the tutorial\'s plots are live', live],
  ['what is selected comes back', selected],
  ['the keyboard alone', byKeys],
  ['hostile texts', attacked],
  ['the page is loaded again', reloaded],
  ['the kernel is restarted', restarted],
];
const inLab = [['a copy in the same page', copied]]; // elsewhere each notebook has a page of its own
const afterwards = [
  ['saved, opened without a kernel', kernelless],
  ['saved, not trusted', untrusted],
  ['made into a page by nbconvert', converted],
  ['exported', exported],
];

const checks = new Checks();
await mkdir(out, { recursive: true });
const server = await start(root, venv, path.join(out, 'jupyter.log'));
await cp(path.join(pages, 'hostile.jsonl'), path.join(server.files, 'hostile.jsonl'));
const browser = await launch();
let ended = false;
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => {
    ended = true;
    browser.close();
  });
}

// steps works through a list in a front end, with two copies of the tutorial that are its own.
async function steps(prefix, place, list, notebook, again) {
  const context = await browser.newContext({ viewport: { width: 1400, height: 1000 } });
  const guard = await Guard.over(context);
  const page = await context.newPage();
  page.setDefaultTimeout(60000);
  const lab = Object.assign(new Lab(page, server.url, out, place), { files: server.files, jupyter: server.jupyter, browser, guard, prefix, notebook, again });
  for (const [title, step] of list) {
    if (!ended) {
      await checks.step(`${prefix}: ${title}`, () => step(lab, checks));
    }
  }
  if (!ended) {
    checks.that(`${prefix}: no text of a log was run`, guard.ran.length === 0, guard.ran);
    await context.close();
  }
}

try {
  await checks.step('the guard', () => Guard.tried(browser, checks));
  for (const [name, place] of frontEnds) {
    if (!process.argv[6] || process.argv[6] === name) {
      const own = [`${name}.ipynb`, `${name}-again.ipynb`];
      for (const copy of own) {
        await cp(path.join(server.files, 'ProcessTree.ipynb'), path.join(server.files, copy));
      }
      await steps(name, place, name === 'lab' ? [...inFrontEnd, ...inLab] : inFrontEnd, ...own);
      await steps(`${name}-saved`, place, afterwards, ...own);
    }
  }
} finally {
  await browser.close();
  await server.stop();
}
if (ended) {
  process.exit(130);
}
console.log(`\n${checks.passed} passed, ${checks.failed} failed; screenshots are in ${out}`);
process.exit(checks.failed > 0 || checks.passed === 0 ? 1 : 0);
