// The tutorial as it is stored, and as it is after Run All.

const html = output => [output.data?.['text/html'] ?? ''].flat().join('');

// promised says what a cell's outputs ought to put on the page. Where scripts run, the tree takes the
// place of the picture and its table.
function promised(cell, scripts) {
  const pages = cell.outputs.map(html);
  return {
    tables: pages.filter(p => !scripts || !p.includes('data-gopherwood=')).flatMap(p => p.split('<table').slice(1)).map(t => t.split('<tr').length - 1),
    pictures: cell.outputs.filter(o => o.data?.['image/png'] || html(o).includes('<img')).length,
    bars: pages.filter(p => p.includes('<progress')).length,
  };
}

// shown checks that every output of the notebook is on the page.
async function shown(lab, checks, when, scripts) {
  const cells = await lab.cells();
  const missing = [];
  const total = { tables: 0, pictures: 0, bars: 0 };
  for (const [index, cell] of cells.entries()) {
    if (cell.outputs.length === 0) {
      continue;
    }
    const want = promised(cell, scripts);
    const got = await lab.drawn(index);
    for (const key of Object.keys(total)) {
      total[key] += want[key].length ?? want[key];
      if (JSON.stringify(got[key]) !== JSON.stringify(want[key])) {
        missing.push(`cell ${index}: ${key} on the page ${JSON.stringify(got[key])}, in the notebook ${JSON.stringify(want[key])}`);
      }
    }
    if (got.height < 10) {
      missing.push(`cell ${index}: nothing is drawn`);
    }
  }
  checks.that(`${when}: ${total.tables} tables, ${total.pictures} pictures and ${total.bars} bars are visible`,
    missing.length === 0 && total.tables >= 10 && total.pictures >= 5 && total.bars >= 1, missing.join('\n') || total);
}

// where finds the cell in which a text stands.
async function where(lab, text) {
  return (await lab.cells()).findIndex(c => c.type === 'code' && c.source.includes(text));
}

async function pictures(lab, prefix) {
  const places = [['table', 'winLog.Head()'], ['tree', 'ShowTable: true, OutputVar'], ['gradient', 'Services, by rarity'], ['graph', 'plotting.PlotGraph(']];
  for (const [name, text] of places) {
    await lab.scrollTo(await where(lab, text));
    await lab.shot(`${prefix}-${name}`);
  }
}

export async function opened(lab, checks) {
  await lab.open('ProcessTree.ipynb');
  await lab.shot('stored-top');
  const cells = await lab.cells();
  checks.that('the notebook is not trusted', cells.some(c => c.trusted === false), cells.map(c => c.trusted));
  await shown(lab, checks, 'not trusted, not run', false);
  await pictures(lab, 'stored');
}

export async function executed(lab, checks) {
  await lab.menu('Edit', 'Clear Outputs of All Cells');
  const cleared = (await lab.cells()).filter(c => c.type === 'code');
  checks.that('the outputs can be cleared', cleared.every(c => c.outputs.length === 0 && c.number === null));
  const before = Date.now();
  const ended = await lab.runAll(240000);
  checks.that(`all cells have run and the kernel is idle (${((Date.now() - before) / 1000).toFixed(1)} s)`, ended, await lab.status());
  const code = (await lab.cells()).filter(c => c.type === 'code' && c.source.trim() !== '');
  checks.that('the cells are numbered 1, 2, 3 and so on', code.every((c, i) => c.number === i + 1), code.map(c => c.number));
  const errors = code.flatMap(c => c.outputs).filter(o => o.output_type === 'error' || o.name === 'stderr');
  checks.that('no cell has an error or writes to standard error', errors.length === 0, errors);
  await shown(lab, checks, 'after Run All', true);
  const prompts = [];
  for (const [index, cell] of (await lab.cells()).entries()) {
    if (cell.type === 'code') {
      prompts.push((await lab.drawn(index)).prompt);
    }
  }
  checks.that('the page shows each number', prompts.every((p, i) => p === `[${i + 1}]:`), prompts);
  await pictures(lab, 'run');
}
