// Long work in slices, so that the page paints between them.

/** budget is how many milliseconds of a frame long work may take. */
const budget = 8;

export class Cancelled extends Error {}

/** Work is one long task. Its loops call due often and await rest when it says so. */
export class Work {
  cancelled = false;
  private since = performance.now();

  due(): boolean { return performance.now() - this.since > budget; }

  async rest(): Promise<void> {
    await next();
    if (this.cancelled) throw new Cancelled();
    this.since = performance.now();
  }

  cancel() { this.cancelled = true; }
}

const channel = new MessageChannel();
const waiting: (() => void)[] = [];
channel.port1.onmessage = () => waiting.shift()?.();

function next(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    channel.port2.postMessage(0);
  });
}
