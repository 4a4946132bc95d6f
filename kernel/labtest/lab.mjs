// What a person does in JupyterLab with this kernel, in a browser: opens the tutorial, runs it,
// stops a cell, restarts, completes, reads help, watches a bar, makes mistakes, likes it dark.
// usage: node lab.mjs REPOSITORY VENV OUT; run.sh prepares all three.
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { launch } from './browser.mjs';
import { Checks } from './checks.mjs';
import { Lab } from './page.mjs';
import { start } from './server.mjs';
import { opened, executed } from './tutorial.mjs';
import { interrupted, mistaken, reopened, restarted } from './session.mjs';
import { completed, explained } from './editing.mjs';
import { progressed } from './progress.mjs';
import { themed } from './themes.mjs';

const [root, venv, out] = process.argv.slice(2).map(folder => path.resolve(folder));
if (!out) {
  console.error('usage: node lab.mjs REPOSITORY VENV OUT');
  process.exit(2);
}

const steps = [
  ['The stored notebook, opened and not run', opened],
  ['Run All on the tutorial', executed],
  ['The interrupt button', interrupted],
  ['Tab completes', completed],
  ['Shift-Tab explains', explained],
  ['Mistakes', mistaken],
  ['A bar moves', progressed],
  ['Light and dark', themed],
  ['Saved and opened again', reopened],
  ['Restart', restarted],
];

const checks = new Checks();
await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
const server = await start(root, venv, path.join(out, 'jupyter.log'));
const browser = await launch();
// whoever ends the test early leaves no server and no kernel behind
let ended = false;
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => {
    ended = true;
    browser.close();
  });
}
try {
  const page = await browser.newPage({ viewport: { width: 1400, height: 1000 } });
  page.setDefaultTimeout(15000);
  const troubles = [];
  page.on('pageerror', err => troubles.push(String(err)));
  const lab = Object.assign(new Lab(page, server.url, out), { files: server.files });
  for (const [title, step] of steps) {
    if (ended) {
      break;
    }
    await checks.step(title, () => step(lab, checks));
  }
  checks.that('no script of the page failed', troubles.length === 0, troubles);
} finally {
  await browser.close();
  await server.stop();
}
if (ended) {
  process.exit(130);
}
console.log(`\n${checks.passed} passed, ${checks.failed} failed; screenshots are in ${out}`);
process.exit(checks.failed > 0 || checks.passed === 0 ? 1 : 0);
