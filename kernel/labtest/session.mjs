// What happens to a session: it is interrupted, makes mistakes, is restarted.
import { setTimeout as sleep } from 'node:timers/promises';
import { until } from './page.mjs';

const endless = [
  ['an endless loop', 'for {\n}'],
  ['a sleep', 'import "time"\ntime.Sleep(time.Hour)'],
  ['a wait for a channel', '<-make(chan int)'],
];

export async function interrupted(lab, checks) {
  const set = await lab.run('kept := 17\nkept');
  checks.that('a variable is set', set.text === '17', set.text);
  for (const [name, code] of endless) {
    const index = await lab.begin(code);
    const busy = await until(async () => await lab.status() === 'busy', 5000);
    await sleep(1000);
    checks.that(`${name} is busy and shows [*]`, busy && (await lab.drawn(index)).prompt === '[*]:', await lab.drawn(index));
    await lab.button('interrupt');
    const pressed = Date.now();
    const error = await until(async () => (await lab.cells())[index].outputs.find(o => o.output_type === 'error'), 10000, 25);
    const seconds = (Date.now() - pressed) / 1000;
    checks.that(`${name} ends by the interrupt button in ${seconds.toFixed(1)} s of at most 3`, error && seconds <= 3, error ?? 'no error output');
    checks.that(`${name} ends with the word interrupt`, /interrupt/i.test(`${error?.ename} ${error?.evalue}`), error);
    checks.that('the kernel is idle again', await lab.idle(3000), await lab.status());
    await lab.scrollTo(index, 'nearest');
    await lab.shot(`interrupted-${name.split(' ').at(-1)}`);
  }
  const still = await lab.run('kept');
  checks.that('the variable is still there', still.text === '17', still.text);
  checks.that('the tutorial\'s trees are still there', (await lab.run('winTree.Len()')).text === '1010');
}

const mistakes = [
  ['an undefined name', 'undefned + 1', ['undefined: undefned', '^'], 'compile'],
  ['a wrong type', 'var count int = "many"', ['"many"', 'int', '^'], 'type'],
  ['a missing bracket', 'for i := 0; i < 3; i++ {\n\tprintln(i', ['2 |', '^'], 'syntax'],
  ['an unknown column', 'winLog.Where(dataframe.Eq("NewProcesName", "cmd.exe"))', ['NewProcesName', 'NewProcessName'], 'column'],
  ['a missing file', 'must(logs.Open("no/such/file.csv"))', ['no/such/file.csv'], 'file'],
  ['an index out of range', 'list := []int{1, 2}\nplace := 5\nlist[place]', ['index out of range [5] with length 2'], 'panic'],
];

export async function mistaken(lab, checks) {
  for (const [name, code, wanted, shot] of mistakes) {
    const cell = await lab.run(code);
    checks.that(`${name} is an error that says ${wanted.join(', ')}`,
      cell.error && wanted.every(w => cell.text.includes(w)), cell.text);
    checks.that(`${name} shows no insides`, !/goroutine \d|runtime\.|reflect\.|ixgo/.test(cell.text), cell.text);
    const drawn = await lab.drawn(cell.index);
    checks.that(`${name} is seen on the page, without control characters`,
      drawn.text.includes(wanted[0]) && !/\u001b|\[\d+m/.test(drawn.text), drawn.text);
    await lab.scrollTo(cell.index, 'nearest');
    await lab.shot(`mistake-${shot}`);
  }
  checks.that('cells run after mistakes', (await lab.run('6 * 7')).text === '42');
}

// reopened loads the page again: the kernel goes on, and what was saved is there and trusted.
export async function reopened(lab, checks) {
  await lab.run('kept := 18');
  const saved = await lab.save();
  checks.that('the notebook can be saved', saved);
  const before = (await lab.cells()).map(c => c.outputs.length);
  await lab.open('ProcessTree.ipynb');
  const after = await lab.cells();
  checks.that('its outputs are there after it is opened again', JSON.stringify(before) === JSON.stringify(after.map(c => c.outputs.length)),
    after.map(c => c.outputs.length));
  checks.that('it is trusted now', after.filter(c => c.type === 'code').every(c => c.trusted));
  const still = await lab.run('kept');
  checks.that('the kernel has gone on meanwhile', still.text === '18', still.text);
}

export async function restarted(lab, checks) {
  await lab.run('kept := 17');
  await lab.button('restart');
  await lab.page.click('.jp-Dialog button.jp-mod-accept');
  const started = await until(async () => await lab.status() !== 'idle', 5000, 20);
  checks.that('the restart button restarts', started, await lab.status());
  checks.that('the kernel is idle after the restart', await lab.idle(15000), await lab.status());
  const gone = await lab.run('kept');
  checks.that('the variable is gone', gone.error && gone.text.includes('undefined: kept'), gone.text);
  checks.that('the numbers begin with 1', gone.number === 1, gone.number);
  const works = await lab.run('1 + 1');
  checks.that('cells run after the restart', works.text === '2', works.text);
  const log = await lab.run('again, _ := logs.Open("samples/data/win_proc_test.parquet")\nagain.Nrow() > 900');
  checks.that('the packages are there after the restart', log.text === 'true', log.text);
  await lab.shot('restarted');
}
