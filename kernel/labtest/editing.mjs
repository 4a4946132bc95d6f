// Completion and help while typing.
import { setTimeout as sleep } from 'node:timers/promises';
import { until } from './page.mjs';

const list = '.jp-Completer:not(.lm-mod-hidden) .jp-Completer-item';

// proposals presses Tab at the end of code and gives the list that opens.
async function proposals(lab, code) {
  const index = await lab.keys(code);
  await lab.page.keyboard.press('Tab');
  await until(() => lab.page.locator(list).count(), 4000);
  const names = await lab.page.locator(`${list} .jp-Completer-match`).allInnerTexts();
  return { index, names, source: await lab.source(index) };
}

async function choose(lab, names, name) {
  await lab.page.locator(list).nth(names.indexOf(name)).click();
  await sleep(300);
}

export async function completed(lab, checks) {
  const functions = await proposals(lab, 'ptree.Get');
  await lab.shot('complete-functions');
  checks.that('ptree.Get opens a list of functions', functions.names.length >= 8 && functions.names.every(n => n.includes('Get')) &&
    functions.names.some(n => n.endsWith('GetRoots')), functions);
  const chosen = functions.names.find(n => n.endsWith('GetRoots'));
  if (chosen) {
    await choose(lab, functions.names, chosen);
  }
  const source = await lab.source(functions.index);
  checks.that('choosing one inserts it', /^ptree\.GetRoots\(?$/.test(source), source);
  await lab.page.keyboard.press('Escape');

  const methods = await proposals(lab, 'winTree.');
  await lab.shot('complete-methods');
  checks.that('a variable and a point open the list of its methods', ['Len', 'Where', 'Findings'].every(m => methods.names.some(n => n.endsWith(m))), methods);
  await lab.page.keyboard.press('Escape');

  const one = await proposals(lab, 'plotting.PlotProc');
  if (one.names.length > 0) {
    await lab.page.keyboard.press('Enter');
    await sleep(300);
  }
  const inserted = await lab.source(one.index);
  checks.that('the keyboard alone completes', /^plotting\.PlotProcessTree\(?$/.test(inserted), inserted);
  await lab.page.keyboard.press('Escape');

  const fields = await proposals(lab, 'ptree.Options{Show');
  await lab.shot('complete-fields');
  checks.that('fields of options complete', ['ShowProgress', 'ShowSummary'].every(f => fields.names.some(n => n.includes(f))), fields);
  await lab.page.keyboard.press('Escape');

  const columns = await proposals(lab, 'winLog.Where(dataframe.Eq("New');
  await lab.shot('complete-columns');
  checks.that('columns complete inside a question', ['NewProcessId', 'NewProcessName'].every(c => columns.names.some(n => n.includes(c))), columns);
  const column = columns.names.find(n => n.includes('NewProcessName'));
  if (column) {
    await choose(lab, columns.names, column);
    const text = await lab.source(columns.index);
    checks.that('choosing a column inserts its name', /^winLog\.Where\(dataframe\.Eq\("NewProcessName"?$/.test(text), text);
  }
  await lab.page.keyboard.press('Escape');
}

// tooltip presses Shift-Tab at the end of code and gives the text that opens.
async function tooltip(lab, code, name) {
  await lab.keys(code);
  await lab.page.keyboard.press('Shift+Tab');
  await until(() => lab.page.locator('.jp-Tooltip').count(), 4000);
  await lab.shot(`tooltip-${name}`);
  const text = (await lab.page.locator('.jp-Tooltip').allInnerTexts()).join('\n');
  await lab.page.keyboard.press('Escape');
  return text;
}

export async function explained(lab, checks) {
  const own = await tooltip(lab, 'ptree.GetDescendents(', 'function');
  checks.that('a function shows its type', own.includes('func GetDescendents(') || own.includes('func ptree.GetDescendents('), own);
  checks.that('a function shows its documentation', own.split(/\s+/).length > 15 && /GetDescendents (gives|returns|is|finds|takes|selects)/.test(own), own);
  const variable = await tooltip(lab, 'winTree', 'variable');
  checks.that('a variable shows its type', /ptree\.(Forest|Tree)/.test(variable), variable);
  const standard = await tooltip(lab, 'strings.Count(', 'standard');
  checks.that('a function of the standard library shows its type', /func (strings\.)?Count\(s,? ?(string)?, ?substr string\) int/.test(standard), standard);
  checks.that('a function of the standard library shows its documentation', /Count counts/.test(standard), standard);
}
