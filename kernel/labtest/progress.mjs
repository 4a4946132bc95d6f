// Displays that change while a cell runs.
import { open } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { until } from './page.mjs';

// watch runs a cell and notes what read finds in its node, each time that it differs, until
// the cell has ended; a screenshot is made of two states between.
async function watch(lab, code, name, read) {
  const index = await lab.begin(code);
  const states = [];
  let shots = 0;
  const ended = await until(async () => {
    const state = await lab.page.evaluate(
      ([i, source]) => new Function('node', `return ${source}`)(window.jupyterapp.shell.currentWidget.content.widgets[i].node), [index, read]);
    const running = await lab.status() === 'busy';
    if (state && state !== states.at(-1)) {
      states.push(state);
      if (running && shots < 2 && states.length % 2 === 0) {
        await lab.page.screenshot({ path: path.join(lab.out, `${name}-${++shots}.png`) });
      }
    }
    return !running && (await lab.cells())[index].number !== null;
  }, 120000, 20);
  await sleep(300);
  await lab.shot(`${name}-end`);
  return { index, states, shots, ended, cell: (await lab.cells())[index] };
}

// bigLog writes a log of about 150 MB, as others' programs write them.
async function bigLog(file) {
  const handle = await open(file, 'w');
  await handle.write('TimeGenerated,Computer,SubjectUserName,NewProcessId,NewProcessName,ProcessId,ParentProcessName,CommandLine\n');
  for (let block = 0; block < 100; block++) {
    const rows = [];
    for (let i = 0; i < 8000; i++) {
      const pid = 1000 + i;
      const time = new Date(1710000000000 + (block * 8000 + i) * 100).toISOString();
      rows.push(`${time},HOST-${i % 7},user${i % 13},0x${pid.toString(16)},C:\\Windows\\System32\\cmd${i % 50}.exe,` +
        `0x${(pid - 1).toString(16)},C:\\Windows\\explorer.exe,"cmd.exe /c task number ${i} of block ${block} with some more words"\n`);
    }
    await handle.write(rows.join(''));
  }
  await handle.close();
}

export async function progressed(lab, checks) {
  const loop = await watch(lab, [
    'import ("fmt"; "time"; "github.com/gophertrees/gopherwood/kernel")',
    'shown := kernel.Display("step 0")',
    'for i := 1; i <= 12; i++ {',
    '\ttime.Sleep(250 * time.Millisecond)',
    '\tshown.Update(fmt.Sprint("step ", i))',
    '}',
  ].join('\n'), 'display', `node.querySelector('.jp-OutputArea-output')?.innerText.trim()`);
  checks.that('a display moves while its loop runs', loop.ended && loop.states.length >= 6 && loop.shots === 2, loop.states);
  checks.that('a display is one output, with the last state', loop.states.at(-1) === 'step 12' && loop.cell.outputs.length === 1, loop.cell.outputs);

  await bigLog(path.join(lab.files, 'big.csv'));
  const bar = await watch(lab, 'big := must(logs.Open("big.csv", logs.Options{Progress: true}))', 'bar',
    `(b => b && b.value + ' of ' + b.max + ': ' + b.parentNode.innerText.trim())(node.querySelector('.jp-OutputArea-output progress'))`);
  checks.that('the bar of a large log moves', bar.ended && bar.states.length >= 4 && bar.shots === 2, bar.states);
  checks.that('the bar ends full', /^(\d+) of \1: .*done$/.test(bar.states.at(-1)), bar.states.at(-1));
  checks.that('the bar is one output', bar.cell.outputs.length === 1, bar.cell.outputs);
  const rows = await lab.run('big.Nrow()');
  checks.that('the large log has all its rows', rows.text === '800000', rows.text);
  const tree = await watch(lab, 'bigTree := must(ptree.BuildProcessTree(big, ptree.Options{ShowProgress: true}))', 'building',
    `(b => b && b.value + ' of ' + b.max + ': ' + b.parentNode.innerText.trim())(node.querySelector('.jp-OutputArea-output progress'))`);
  // it is built in a tenth of a second, so that a page may see the end alone
  checks.that('the bar of building a large tree ends full', tree.ended && /^(\d+) of \1: .*done$/.test(tree.states.at(-1)), tree.states);
  checks.that('it is one output', tree.cell.outputs.length === 1, tree.cell.outputs);
  await lab.run('big, bigTree = dataframe.DataFrame{}, ptree.Forest{}');
}
