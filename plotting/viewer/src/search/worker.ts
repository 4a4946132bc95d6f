// Regular expressions run in a thread of their own, because one can take for ever and cannot be
// stopped in any other way.

/** body is the thread's program; it is text so that the page needs no second file. */
const body = `onmessage = ({ data: { id, pattern, bytes, ends } }) => {
  let re;
  try { re = new RegExp(pattern, "iu"); } catch { re = new RegExp(pattern, "i"); }
  const decoder = new TextDecoder(), out = new Uint8Array(ends.length - 1), from = ends[0];
  for (let i = 0; i < out.length; i++) out[i] = re.test(decoder.decode(bytes.subarray(ends[i] - from, ends[i + 1] - from))) ? 1 : 0;
  postMessage({ id, out }, [out.buffer]);
};`;

/** patience is how many milliseconds a batch of texts may take. */
const patience = 2000;

/** Regexes runs patterns over batches of texts, one batch at a time. */
export class Regexes {
  private worker: Worker | null = null;
  private id = 0;

  test(pattern: string, bytes: Uint8Array, ends: Uint32Array): Promise<Uint8Array> {
    const worker = this.worker ??= start(), id = ++this.id;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => { this.stop(); reject(new Error("this pattern takes too long; it was stopped")); }, patience);
      worker.onerror = () => { clearTimeout(timer); this.stop(); reject(new Error("patterns cannot be run in this page")); };
      worker.onmessage = (e: MessageEvent<{ id: number; out: Uint8Array }>) => {
        if (e.data.id !== id) return;
        clearTimeout(timer);
        resolve(e.data.out);
      };
      worker.postMessage({ id, pattern, bytes, ends });
    });
  }

  stop() { this.worker?.terminate(); this.worker = null; }
}

function start(): Worker {
  const url = URL.createObjectURL(new Blob([body], { type: "text/javascript" }));
  try { return new Worker(url); } finally { setTimeout(() => URL.revokeObjectURL(url), 1000); }
}
