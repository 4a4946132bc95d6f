// The interactive tree of one output, wherever it is drawn.
import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../../kernel/labtest/page.mjs';

const rowHeight = 40;

export class Tree {
  // at is a part of the page, or a frame, that has one tree.
  constructor(page, at) {
    Object.assign(this, { page, at, tree: at.getByRole('tree') });
  }

  // in is the live tree of a cell, once it is drawn.
  static async in(lab, index) {
    const cell = await lab.cell(index);
    const here = cell.locator('[data-gopherwood-here]');
    await here.getByRole('tree').waitFor({ timeout: 60000 });
    return new Tree(lab.page, here);
  }

  // point waits until the tree has come to rest: outputs above it may still grow.
  async point(row) {
    await this.tree.scrollIntoViewIfNeeded();
    let box = await this.tree.boundingBox();
    for (let before; before?.y !== box.y; await sleep(100)) {
      [before, box] = [box, await this.tree.boundingBox()];
    }
    return [box.x + 200, box.y + 24 + row * rowHeight];
  }

  // click clicks the box of a row, counted from the first in sight.
  async click(row, ...keys) {
    const at = await this.point(row);
    for (const key of keys) {
      await this.page.keyboard.down(key);
    }
    await this.page.mouse.click(...at);
    for (const key of keys) {
      await this.page.keyboard.up(key);
    }
    await this.page.mouse.move(at[0], 5); // the card would hide what screenshots should show
    await sleep(500);
  }

  selected() { return this.at.locator('[role=treeitem][aria-selected="true"]').count(); }

  rows() { return this.at.locator('.tbody .tr[aria-selected="true"]').count(); }

  status() { return this.at.locator('.status > span').first().textContent(); }

  // becomes waits until the status line has a text.
  becomes(pattern) { return until(async () => pattern.test(await this.status()), 20000); }
}

// where finds the cell in which a text stands.
export async function where(lab, text) {
  return (await lab.cells()).findIndex(c => c.type === 'code' && c.source.includes(text));
}
