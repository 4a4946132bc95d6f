// Outputs in the light and in the dark theme.

// contrasts computes, for every text of the outputs of a cell, the contrast of its colour with
// the background behind it (WCAG 2.2, section 1.4.3), and gives the worst.
async function contrast(lab, index) {
  await lab.scrollTo(index);
  return lab.page.evaluate(index => {
    const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
    const rgba = colour => {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
      return [...canvas.getImageData(0, 0, 1, 1).data];
    };
    const over = (top, below) => top.slice(0, 3).map((c, i) => (c * top[3] + below[i] * (255 - top[3])) / 255);
    const backdrop = e => e ? over(rgba(getComputedStyle(e).backgroundColor), backdrop(e.parentElement)) : [255, 255, 255];
    const luminance = c => c.map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
      .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
    const node = window.jupyterapp.shell.currentWidget.content.widgets[index].node;
    let worst = { ratio: 21 };
    for (const output of node.querySelectorAll('.jp-OutputArea-output')) {
      const walker = document.createTreeWalker(output, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        const text = walker.currentNode.data.trim();
        if (text === '') {
          continue;
        }
        const element = walker.currentNode.parentElement;
        const behind = backdrop(element);
        let opacity = 255;
        for (let e = element; e; e = e.parentElement) {
          opacity *= getComputedStyle(e).opacity;
        }
        const front = rgba(getComputedStyle(element).color);
        const colour = over([...front.slice(0, 3), front[3] * opacity / 255], behind);
        const [light, dark] = [luminance(colour), luminance(behind)].sort((a, b) => b - a);
        const ratio = (light + 0.05) / (dark + 0.05);
        if (ratio < worst.ratio) {
          worst = { ratio: Math.round(ratio * 100) / 100, text: text.slice(0, 40), colour, behind };
        }
      }
    }
    return worst;
  }, index);
}

// samples are cells whose outputs are looked at; those without text are pictures.
const samples = [
  ['table', 'winLog.Head()'],
  ['processes', 'ptree.GetRoots(winTree)'],
  ['process', 'ptree.GetRoots(winTree).At(2)'],
  ['summary', 'ptree.GetSummaryInfo(winTree)'],
  ['text', 'fmt.Println(ptree.GetRootTree(winTree, bottom.At(0)).Head(6))'],
  ['error', 'winLog.Where(dataframe.Eq("NewProcesName", "cmd.exe"))'],
  ['figure', 'plotting.PlotProcessTree(thirdTree, plotting.Options{LegendCol: "SubjectUserName"})'],
  ['gradient', 'plotting.PlotProcessTree(services, plotting.Options{LegendCol: "Rarity"})'],
  ['graph', 'plotting.PlotGraph(agentTree)'],
];

export async function themed(lab, checks) {
  const cells = [];
  for (const [name, code] of samples) {
    cells.push([name, (await lab.run(code)).index]);
  }
  const { keys } = await lab.drawn(cells.find(([name]) => name === 'processes')[1]);
  checks.that('different processes have different keys in a table', keys.length === 10 && new Set(keys).size === 10, keys);
  for (const [name, theme] of [['light', 'Light'], ['dark', 'Dark']]) {
    const applied = await lab.theme(theme);
    checks.that(`the theme is ${theme}`, applied, await lab.page.evaluate(() => document.body.dataset.jpThemeName));
    for (const [sample, index] of cells) {
      const worst = await contrast(lab, index);
      if (worst.text) {
        checks.that(`${sample} in ${name} has readable text (contrast ${worst.ratio} of at least 4.5)`, worst.ratio >= 4.5, worst);
      } else {
        const drawn = await lab.drawn(index);
        checks.that(`${sample} in ${name} is a picture`, drawn.pictures === 1 && drawn.height > 200, drawn);
      }
      await lab.shot(`${name}-${sample}`);
    }
  }
  await lab.theme('Light');
}
