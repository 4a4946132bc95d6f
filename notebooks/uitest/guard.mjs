// Watches for what must not happen: text of a log that is run, in any page or frame.
import { until } from '../../kernel/labtest/page.mjs';

export class Guard {
  ran = [];

  // over watches all pages of a context. Hostile texts call alert, which frames without that right
  // pass over: so it is replaced in each of them by a word in the console.
  static async over(context) {
    const guard = new Guard();
    await context.addInitScript(() => { window.alert = what => console.error(`the guard saw alert(${what})`); });
    context.on('console', m => {
      if (/the guard saw|call to 'alert\(\)'/.test(m.text())) {
        guard.ran.push(m.text());
      }
      // what a frame asks for is not told as a request, only that it failed
      if (m.location().url.includes('example.invalid')) {
        guard.ran.push(`request: ${m.location().url}`);
      }
    });
    context.on('dialog', d => {
      if (d.type() === 'beforeunload') { // the notebook has changes
        return d.accept();
      }
      guard.ran.push(`dialog: ${d.message()}`);
      return d.dismiss();
    });
    context.on('request', r => {
      if (r.url().includes('example.invalid')) {
        guard.ran.push(`request: ${r.url()}`);
      }
    });
    return guard;
  }

  // tried lets a guard see texts that are run, in a page and in a frame like ours.
  static async tried(browser, checks) {
    const context = await browser.newContext();
    const guard = await Guard.over(context);
    const page = await context.newPage();
    const attack = n => `<img src=x onerror=alert(${n})><img src=http://example.invalid/${n}.png>`;
    await page.setContent(`${attack(1)}<iframe sandbox="allow-scripts" srcdoc="${attack(2)}"></iframe>`);
    // the browser itself tells of an alert in a frame that ran before the word took its place
    const wanted = [/alert\(1\)/, /alert\(2\)|call to 'alert\(\)'/, /invalid\/1\.png/, /invalid\/2\.png/];
    const seen = await until(() => wanted.every(text => guard.ran.some(r => text.test(r))), 20000);
    checks.that('the guard sees what runs in a page and in a frame, and what leaves them', seen, guard.ran);
    await context.close();
  }
}
