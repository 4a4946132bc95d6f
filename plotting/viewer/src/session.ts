// What all views of one model share: its data, decoded once, and the columns on their way.
import { type Data, decode } from "./data";
import { Loader } from "./loader";
import type { Model, View } from "./model";

export class Session {
  readonly data: Data;
  readonly view: View;
  readonly want: (column: number) => void;
  readonly answered: boolean; // a kernel listens
  closed = false;
  private readonly listeners = new Set<() => void>();
  private loader: Loader | null = null;

  constructor(readonly model: Model, data?: Data, want?: (column: number) => void) {
    this.data = data ?? decode(bytesOf(model.get("data")));
    this.view = (model.get("options") ?? {}) as View;
    this.answered = !data;
    if (!want) this.loader = new Loader(this.data, model, () => this.loaded());
    this.want = want ?? ((column) => { if (!this.closed) this.loader!.want(column); });
    if (!want) for (const role of ["Name", "PID", "CommandLine"] as const) {
      const c = this.data.role(role);
      if (c && !c.ready) this.want(this.data.columns.indexOf(c));
    }
  }

  /** loaded tells every view that a column has come. */
  loaded() { for (const f of this.listeners) f(); }

  onLoaded(f: () => void): () => void {
    this.listeners.add(f);
    return () => this.listeners.delete(f);
  }

  /** save writes to the model, while there is one. */
  save(values: Record<string, unknown>) {
    if (this.closed) return;
    for (const [key, value] of Object.entries(values)) this.model.set(key, value);
    this.model.save_changes();
  }

  close() { this.closed = true; this.loader?.stop(); }
}

function bytesOf(value: unknown): Uint8Array {
  if (value instanceof DataView) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  if (value instanceof ArrayBuffer) return new Uint8Array(value);
  if (value instanceof Uint8Array) return value;
  throw new Error("the model has no data");
}
