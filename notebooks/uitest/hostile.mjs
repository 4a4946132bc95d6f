// A log whose every text is an attack, live in a notebook. The guard sees what is run.
import { setTimeout as sleep } from 'node:timers/promises';
import { Tree } from './tree.mjs';

const schema = 'ptree.Schema{ProcessName: "image", ProcessID: "pid", ParentID: "ppid", TimeStamp: "when", CommandLine: "command", UserName: "user", HostName: "host", PathSeparator: `\\`}';

export async function attacked(lab, checks) {
  const plot = await lab.run('var caught []string\nattack := must(logs.Open("hostile.jsonl"))\n' +
    `attackTree := must(ptree.BuildProcessTree(attack, ptree.Options{Schema: ${schema}}))\n` +
    'attackFigure := plotting.PlotProcessTree(attackTree, plotting.Options{Title: "</title><script>alert(1)</script>", ' +
    'LegendCol: "<img src=x onerror=alert(1)>", ShowTable: true, OutputVar: &caught})\nattackFigure');
  checks.that('a hostile log can be drawn', !plot.error, plot.text.slice(0, 800));
  const tree = await Tree.in(lab, plot.index);
  await tree.tree.focus();
  for (const key of ['Home', 'Control+a', 'i', 'End', 'i', 'PageUp']) {
    await lab.page.keyboard.press(key);
    await sleep(300);
  }
  await lab.shot(`${lab.prefix}-hostile`);
  const caught = await lab.run('len(caught) == attackTree.Len()');
  checks.that('all of it can be selected', caught.text === 'true', caught.text);
  await lab.run('attack.Head()');
  const saved = await lab.run('attackFigure.Save("hostile.html")\nplotting.PlotProcessTree(thirdTree, plotting.Options{LegendCol: "SubjectUserName", ShowTable: true}).Save("tree.html")');
  checks.that('it can be exported', !saved.error, saved.text);
}
