// A person at JupyterLab: keys, clicks and menus go through the browser; what came of them is
// read from the page, and from JupyterLab's own model where the page draws only what is in view.
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

// until asks again and again for something true, and returns it; undefined when time is over.
export async function until(ask, milliseconds, pause = 100) {
  for (const end = Date.now() + milliseconds; Date.now() < end; await sleep(pause)) {
    const answer = await ask();
    if (answer) {
      return answer;
    }
  }
  return undefined;
}

export class Lab {
  // place is where the server shows notebooks: JupyterLab's, or 'notebooks' for Notebook 7.
  constructor(page, url, out, place = 'lab/tree') {
    Object.assign(this, { page, url, out, place });
  }

  // open shows a notebook alone, with the kernel started and no dialog in the way.
  async open(name) {
    await this.show(name);
    const ready = await until(async () => await this.status() === 'idle', 60000);
    if (!ready) {
      throw new Error(`the kernel is ${await this.status()} a minute after the notebook was opened`);
    }
  }

  // show opens a notebook and waits for its page alone.
  async show(name) {
    await this.page.goto(`${this.url}/${this.place}/${name}?reset`, { waitUntil: 'domcontentloaded' });
    await this.page.waitForSelector('.jp-NotebookPanel .jp-CodeCell', { timeout: 90000 });
  }

  // also opens another notebook in a tab of the same page, or turns to its tab.
  async also(name) {
    await this.page.evaluate(name => { window.jupyterapp.commands.execute('docmanager:open', { path: name }); }, name);
    const there = await until(() => this.page.evaluate(name => {
      const { context, content } = window.jupyterapp.shell.currentWidget;
      return context?.path === name && context.isReady && content.widgets?.length > 0;
    }, name), 60000);
    if (!there || !await this.idle(60000)) {
      throw new Error(`${name} is not there a minute after it was opened; the kernel is ${await this.status()}`);
    }
  }

  status() {
    return this.page.evaluate(() => {
      const kernel = window.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel;
      return kernel ? `${kernel.connectionStatus === 'connected' ? '' : kernel.connectionStatus + ' '}${kernel.status}` : 'none';
    });
  }

  idle(milliseconds) {
    return until(async () => await this.status() === 'idle', milliseconds);
  }

  // cells are the notebook's cells as JupyterLab holds them.
  cells() {
    return this.page.evaluate(() => window.jupyterapp.shell.currentWidget.content.widgets.map(w => ({
      type: w.model.type,
      source: w.model.sharedModel.getSource(),
      number: w.model.executionCount,
      outputs: w.model.outputs?.toJSON() ?? [],
      trusted: w.model.trusted,
    })));
  }

  // scrollTo brings a cell into view.
  async scrollTo(index, where = 'start') {
    await this.page.evaluate(async ({ index, where }) => {
      const notebook = window.jupyterapp.shell.currentWidget.content;
      notebook.activeCellIndex = index;
      await notebook.scrollToItem(index, where).catch(() => {});
      notebook.widgets[index].node.scrollIntoView({ block: where === 'start' ? 'start' : 'nearest' });
    }, { index, where });
    await sleep(400);
  }

  // cell is where a cell is on the page, scrolled into view.
  async cell(index) {
    await this.scrollTo(index);
    await this.page.evaluate(index => {
      window.jupyterapp.shell.currentWidget.content.widgets[index].node.dataset.place = index;
    }, index);
    return this.page.locator(`.jp-NotebookPanel:not(.lm-mod-hidden) .jp-Cell[data-place="${index}"]`);
  }

  // runAll runs the notebook to its end; true when all cells have run in time.
  async runAll(milliseconds) {
    await this.menu('Run', 'Run All Cells');
    return until(async () => {
      const code = (await this.cells()).filter(c => c.type === 'code' && c.source.trim() !== '');
      return code.every(c => c.number !== null) && await this.status() === 'idle';
    }, milliseconds, 300);
  }

  // theme sets the front end's theme, 'Light' or 'Dark'.
  async theme(name) {
    await this.menu('Settings', 'Theme', `JupyterLab ${name}`);
    const applied = await until(() => this.page.evaluate(
      wanted => document.body.dataset.jpThemeName === wanted, `JupyterLab ${name}`), 20000);
    await sleep(1000);
    return applied;
  }

  // save saves the notebook; true when it has no changes any more.
  async save() {
    await this.menu('File', 'Save Notebook');
    return until(() => this.page.evaluate(() => !window.jupyterapp.shell.currentWidget.model.dirty), 30000);
  }

  // drawn tells what of a cell's outputs is on the page: the text, tables with their rows, pictures.
  // A tree in a frame of its own, for which its picture goes, is a picture.
  async drawn(index) {
    await this.scrollTo(index);
    await until(() => this.page.evaluate(index => {
      const frames = window.jupyterapp.shell.currentWidget.content.widgets[index].node.querySelectorAll('iframe[data-page]');
      return [...frames].every(f => f.clientHeight > 0 || f.parentElement.hasAttribute('data-gopherwood-live'));
    }, index), 15000);
    return this.page.evaluate(async index => {
      const node = window.jupyterapp.shell.currentWidget.content.widgets[index].node;
      const outputs = [...node.querySelectorAll('.jp-OutputArea-output')];
      const found = query => outputs.flatMap(o => [...o.querySelectorAll(query)]);
      const visible = e => e.getBoundingClientRect().height > 4 && e.getBoundingClientRect().width > 4 &&
        getComputedStyle(e).visibility === 'visible';
      const pictures = found('img, svg, iframe');
      await Promise.all(pictures.map(p => p.decode?.().catch(() => {})));
      return {
        text: outputs.map(o => o.innerText).join('\n'),
        tables: found('table').filter(visible).map(t => t.rows.length),
        keys: found('tbody th').filter(visible).map(t => t.innerText),
        pictures: pictures.filter(p => visible(p) && (p.naturalWidth ?? 1) > 0).length,
        bars: found('progress').filter(visible).length,
        prompt: node.querySelector('.jp-InputArea-prompt')?.innerText ?? '',
        height: outputs.reduce((sum, o) => sum + o.getBoundingClientRect().height, 0),
      };
    }, index);
  }

  // add makes an empty cell at the end of the notebook with the cursor in it; returns its place.
  async add() {
    const index = await this.page.evaluate(async () => {
      const app = window.jupyterapp;
      const notebook = app.shell.currentWidget.content;
      notebook.activeCellIndex = notebook.widgets.length - 1;
      await app.commands.execute('notebook:insert-cell-below');
      return notebook.activeCellIndex;
    });
    await this.scrollTo(index);
    await this.page.evaluate(() => window.jupyterapp.commands.execute('notebook:enter-edit-mode'));
    await sleep(300);
    return index;
  }

  // type starts a cell with code at the end of the notebook, all at once and without the
  // editor's closing of brackets; keys goes key by key, as a person does.
  async type(code) {
    const index = await this.add();
    await this.page.keyboard.insertText(code);
    return index;
  }

  async keys(code) {
    const index = await this.add();
    await this.page.keyboard.type(code, { delay: 15 });
    return index;
  }

  // begin types a cell and runs it without waiting for the end; run waits, and gives the cell.
  async begin(code) {
    const index = await this.type(code);
    await this.page.keyboard.press('Control+Enter');
    return index;
  }

  async run(code, milliseconds = 60000) {
    const index = await this.begin(code);
    return { index, ...await this.finished(index, milliseconds) };
  }

  // finished waits until a cell has run; its outputs' text is in text, the error's name in error.
  async finished(index, milliseconds) {
    const done = await until(async () => {
      const cell = (await this.cells())[index];
      return cell.number !== null && await this.status() === 'idle' && cell;
    }, milliseconds, 50);
    if (!done) {
      throw new Error(`cell ${index} has not ended after ${milliseconds / 1000} s; the kernel is ${await this.status()}`);
    }
    await sleep(200);
    const cell = (await this.cells())[index];
    return { ...cell, text: textOf(cell.outputs), error: cell.outputs.find(o => o.output_type === 'error') };
  }

  source(index) {
    return this.page.evaluate(i => window.jupyterapp.shell.currentWidget.content.widgets[i].model.sharedModel.getSource(), index);
  }

  async menu(...names) {
    await this.page.click(`.lm-MenuBar-itemLabel:text-is("${names[0]}")`);
    for (const name of names.slice(1)) {
      await this.page.click(`.lm-Menu-itemLabel:text-is("${name}")`);
      await sleep(300);
    }
  }

  button(name) {
    return this.page.click(`.jp-NotebookPanel-toolbar [data-jp-item-name="${name}"]`);
  }

  async shot(name) {
    await sleep(300);
    await this.page.screenshot({ path: path.join(this.out, name + '.png') });
  }
}

// textOf joins what a cell's outputs say in plain text, errors included.
export function textOf(outputs) {
  const one = v => Array.isArray(v) ? v.join('') : v ?? '';
  return outputs.map(o => o.output_type === 'error'
    ? `${o.ename}: ${o.evalue}\n${o.traceback.join('\n')}`
    : one(o.text) + one(o.data?.['text/plain'])).join('\n').replace(/\u001b\[[0-9;]*m/g, '');
}
