// Keeps count. A check is one sentence that must hold; a step is a part of the test whose
// failing must not keep the others from being tried.
export class Checks {
  passed = 0;
  failed = 0;

  that(sentence, holds, otherwise = '') {
    if (holds) {
      this.passed++;
      console.log(`ok      ${sentence}`);
      return;
    }
    this.failed++;
    const found = typeof otherwise === 'string' ? otherwise : JSON.stringify(otherwise);
    console.log(`FAILED  ${sentence}${found ? `\n        found: ${found.slice(0, 1500).replace(/\n/g, '\n        ')}` : ''}`);
  }

  async step(title, body) {
    console.log(`\n${title}`);
    try {
      await body();
    } catch (err) {
      this.failed++;
      console.log(`FAILED  ${title}\n        ${String(err.stack ?? err).slice(0, 1500).replace(/\n/g, '\n        ')}`);
    }
  }
}
