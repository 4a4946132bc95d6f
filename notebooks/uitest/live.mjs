// The tree live in a notebook: it is there, what a person selects reaches Go, and Go moves it.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Tree, where } from './tree.mjs';
import { until } from '../../kernel/labtest/page.mjs';

// plots are the three of the tutorial for Python, by a text of their cells.
const plots = [['legend', 'ShowTable: true, OutputVar'], ['linux', 'LegendCol: "cwd"'], ['gradient', 'Services, by rarity']];

export async function live(lab, checks) {
  await lab.open(lab.notebook);
  checks.that('all cells run', await lab.runAll(300000), await lab.status());
  for (const theme of ['Light', 'Dark']) {
    checks.that(`the theme is ${theme}`, await lab.theme(theme));
    for (const [name, text] of plots) {
      const index = await where(lab, text);
      const tree = await Tree.in(lab, index);
      checks.that(`${name}, ${theme}: the tree is live in the notebook's page`, await tree.tree.isVisible());
      const drawn = await tree.at.locator('.viewer').getAttribute('data-theme');
      checks.that(`${name}: it is drawn ${theme}`, drawn === theme.toLowerCase(), drawn);
      const cell = await lab.cell(index);
      checks.that(`${name}: neither the picture nor the frame is seen`,
        !await cell.locator('[data-gopherwood-fallback]').isVisible() && !await cell.locator('iframe').isVisible());
      await lab.shot(`${lab.prefix}-${name}-${theme.toLowerCase()}`);
    }
  }
  await lab.theme('Light');
  await accessible(lab, checks);
}

// accessible lets axe look at the first plot.
async function accessible(lab, checks) {
  await Tree.in(lab, await where(lab, plots[0][1]));
  const axe = createRequire(new URL('../../plotting/viewer/browsertest/', import.meta.url)).resolve('axe-core/axe.min.js');
  // JupyterLab has loaders that a script without a module would register with
  await lab.page.evaluate(`(function (define, module, exports) {${readFileSync(axe, 'utf8')}})();0`);
  const { violations } = await lab.page.evaluate(() => window.axe.run('[data-gopherwood-here]'));
  const bad = violations.filter(v => v.impact === 'serious' || v.impact === 'critical');
  checks.that('axe finds nothing serious in the live tree', bad.length === 0,
    bad.map(v => `${v.id}: ${v.nodes.map(n => n.html).join(' ').slice(0, 300)}`));
}

export async function selected(lab, checks) {
  const plot = await lab.run('var chosen ptree.Tree\nfig := plotting.PlotProcessTree(thirdTree, plotting.Options{\n' +
    '\tLegendCol: "SubjectUserName", ShowTable: true, OutputVar: &chosen,\n' +
    '\tOnSelect: func(t ptree.Tree) { fmt.Println("OnSelect has", t.Len()) },\n})\nfig');
  let tree = await Tree.in(lab, plot.index);
  await tree.click(1);
  checks.that('a click selects a box, and its row in the table', await tree.selected() === 1 && await tree.rows() === 1);
  const one = await lab.run('fmt.Println(chosen.At(0).Key)');
  checks.that('a click fills the Go variable: a following cell prints the key', /\|0x[0-9a-f]+\|2024-/.test(one.text), one.text);
  const same = await lab.run('chosen.Len() == 1 && chosen.At(0).Key == thirdTree.At(1).Key');
  checks.that('it is the process that was clicked', same.text === 'true', same.text);
  tree = await Tree.in(lab, plot.index);
  await tree.click(3, 'Control');
  checks.that('ctrl-click adds', await tree.selected() === 2 && await tree.rows() === 2);
  await lab.shot(`${lab.prefix}-selected`);
  const two = await lab.run('fmt.Println(chosen.Len(), fig.Selected().Len(), chosen.At(1).Key == thirdTree.At(3).Key)');
  checks.that('the variable has both', two.text.includes('2 2 true'), two.text);
  const printed = (await lab.cells()).map(c => JSON.stringify(c.outputs)).join();
  checks.that('OnSelect was called for each', printed.includes('OnSelect has 1') && printed.includes('OnSelect has 2'));

  await lab.run('fig.Select(thirdTree.At(40).Key, thirdTree.At(41))');
  tree = await Tree.in(lab, plot.index);
  const moved = await until(async () => /2 selected/.test(await tree.status()) && await tree.selected() === 2, 20000);
  checks.that('fig.Select from a cell moves the page to the processes', moved, await tree.status());
  await lab.shot(`${lab.prefix}-selected-by-go`);
  const back = await lab.run('chosen.Len() == 2 && chosen.At(0).Key == thirdTree.At(40).Key');
  checks.that('the variable follows', back.text === 'true', back.text);
  await lab.run('fig.Focus(thirdTree.At(2).Key)');
  tree = await Tree.in(lab, plot.index);
  checks.that('fig.Focus shows a subtree alone', await tree.becomes(/^\d+ of 43/), await tree.status());
  await lab.run('fig.Focus("")\nfig.Select()');
  tree = await Tree.in(lab, plot.index);
  checks.that('and both are undone', await tree.becomes(/^43 processes$/), await tree.status());

  const busy = await lab.begin('import "time"\nstarted := chosen.Len()\nfor fig.Selected().Len() == 0 {\n\ttime.Sleep(50 * time.Millisecond)\n}\n' +
    'fmt.Println(fig.Selected().Len(), started, chosen.Len())');
  tree = await Tree.in(lab, plot.index);
  await tree.click(2);
  const waited = await lab.finished(busy, 60000);
  checks.that('a cell that waits sees the selection, and its variable stays as it was', waited.text.includes('1 0 0'), waited.text);
  const filled = await lab.run('chosen.Len()');
  checks.that('the variable is filled when the cell has ended', filled.text === '1', filled.text);
}

// reloaded: the kernel goes on, and its figures are live again, with what was selected.
export async function reloaded(lab, checks) {
  checks.that('the notebook can be saved', await lab.save());
  await lab.open(lab.notebook);
  const index = await where(lab, 'OnSelect: func');
  let tree = await Tree.in(lab, index);
  checks.that('the selection is there again', await tree.becomes(/1 selected/), await tree.status());
  await tree.click(4, 'Control');
  const two = await lab.run('chosen.Len()');
  checks.that('the tree is live again', two.text === '2', two.text);
  checks.that('the notebook can be saved again', await lab.save());
}

// restarted works on a notebook of its own, whose cells can run again without a person.
export async function restarted(lab, checks) {
  await lab.open(lab.again);
  checks.that('all cells run', await lab.runAll(300000), await lab.status());
  await lab.menu('Edit', 'Clear Outputs of All Cells');
  await lab.button('restart');
  await lab.page.click('.jp-Dialog button.jp-mod-accept');
  await until(async () => await lab.status() !== 'idle', 10000, 20);
  checks.that('the kernel is idle after the restart', await lab.idle(60000), await lab.status());
  checks.that('all cells run again', await lab.runAll(300000), await lab.status());
  const tree = await Tree.in(lab, await where(lab, plots[0][1]));
  await tree.click(1);
  const one = await lab.run('picked.Len()');
  checks.that('the trees are live again', one.text === '1', one.text);
}

// copied has two notebooks with the same trees in one page, each with a kernel of its own.
export async function copied(lab, checks) {
  const click = async () => (await Tree.in(lab, await where(lab, plots[0][1]))).click(1);
  await lab.open(lab.notebook);
  await lab.also(lab.again);
  checks.that('all cells run', await lab.runAll(300000), await lab.status());
  await lab.run('thirdPlot.Select()');
  await lab.also(lab.notebook);
  await lab.run('thirdPlot.Select()');
  await click();
  const here = await lab.run('picked.Len()');
  checks.that('a click reaches the kernel of its notebook', here.text === '1', here.text);
  await lab.run('thirdPlot.Select()');
  await lab.also(lab.again);
  const there = await lab.run('picked.Len()');
  checks.that('and no other', there.text === '0', there.text);
  await click();
  const again = await lab.run('picked.Len()');
  checks.that('the other notebook\'s tree is its own, too', again.text === '1', again.text);
  await lab.also(lab.notebook);
  const still = await lab.run('picked.Len()');
  checks.that('which the first does not hear of', still.text === '0', still.text);
}
