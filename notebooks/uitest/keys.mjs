// The whole flow in the live tree without a mouse: to the tree, search, fold, select, and on.
import { setTimeout as sleep } from 'node:timers/promises';
import { Tree } from './tree.mjs';
import { until } from '../../kernel/labtest/page.mjs';

// inside tells whether the keyboard is in a tree, and on what.
const inside = page => page.evaluate(() => {
  let at = document.activeElement;
  const host = at?.closest('[data-gopherwood-here]');
  while (at?.shadowRoot?.activeElement) {
    at = at.shadowRoot.activeElement;
  }
  return host ? at.getAttribute('role') ?? at.tagName.toLowerCase() : '';
});

export async function byKeys(lab, checks) {
  const plot = await lab.run('var keyed []string\nplotting.PlotProcessTree(thirdTree, plotting.Options{Title: "By keys", OutputVar: &keyed})');
  const tree = await Tree.in(lab, plot.index);
  const press = async (...keys) => {
    for (const key of keys) {
      await lab.page.keyboard.press(key);
      await sleep(120);
    }
  };
  const cells = (await lab.cells()).length;
  // the prompt of the cell has the keyboard now, as after running it
  for (let i = 0; i < 60 && await inside(lab.page) !== 'tree'; i++) {
    await press('Tab');
  }
  checks.that('Tab leads to the tree', await inside(lab.page) === 'tree', await inside(lab.page));
  await press('/');
  await lab.page.keyboard.type('certutil', { delay: 40 });
  const found = await until(async () => /^\d+ found/.test(await tree.at.locator('.search output').textContent()), 20000);
  checks.that('a search finds', found, await tree.at.locator('.search output').textContent());
  await press('Enter', 'Escape', 'Escape', ' ');
  checks.that('a key selects what was found', await tree.becomes(/1 selected/), await tree.status());
  await press('Shift+ArrowDown');
  checks.that('shift and an arrow add', await tree.becomes(/2 selected/), await tree.status());
  await press('Home', 'ArrowLeft');
  checks.that('an arrow folds', await until(async () => await tree.at.locator('[role=treeitem][aria-expanded="false"]').count() > 0, 20000));
  await press('ArrowRight', 't');
  checks.that('a key opens the table', await until(() => tree.at.locator('.tbody .tr').first().isVisible(), 20000));
  await lab.shot(`${lab.prefix}-keys`);
  await press('?');
  checks.that('a key opens the help', await until(() => tree.at.getByRole('dialog').isVisible(), 20000));
  await press('Escape', 'd', 'd', 'x', 'a', 'b', 'm');
  checks.that('the notebook\'s own keys stay out', (await lab.cells()).length === cells && (await lab.cells())[plot.index].type === 'code', (await lab.cells()).length);
  for (let i = 0; i < 60 && await inside(lab.page) !== ''; i++) {
    await press('Tab');
  }
  checks.that('Tab leads out of the tree again', await inside(lab.page) === '', await inside(lab.page));
  const keys = await lab.run('fmt.Println(len(keyed), keyed[0])');
  checks.that('the keys are in the variable', /^2 .*certutil/.test(keys.text), keys.text);
}
