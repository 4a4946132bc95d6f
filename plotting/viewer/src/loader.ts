// Columns that have not been sent yet, asked for one block at a time.
import type { Data } from "./data";
import type { Model } from "./model";

const together = 4; // blocks on their way at once

/** Loader asks the kernel for columns. */
export class Loader {
  private readonly queue: [number, number][] = [];
  private readonly asked = new Set<number>();
  private away = 0;

  constructor(private readonly data: Data, private readonly model: Model, private readonly came: () => void) {
    model.on("msg:custom", this.answer as never);
  }

  want(column: number) {
    if (this.asked.has(column) || !this.model.send) return;
    this.asked.add(column);
    for (const block of this.data.columns[column]!.lacking()) this.queue.push([column, block]);
    this.ask();
  }

  private ask() {
    for (; this.away < together && this.queue.length; this.away++) {
      const [column, block] = this.queue.shift()!;
      this.model.send!({ type: "block", column, block });
    }
  }

  private answer = (message: { type?: string; column?: number; block?: number }, buffers?: (DataView | ArrayBuffer)[]) => {
    if (message?.type !== "block") return;
    const b = buffers?.[0], column = this.data.columns[message.column ?? -1];
    this.away = Math.max(0, this.away - 1);
    if (b && column) {
      const bytes = b instanceof ArrayBuffer ? new Uint8Array(b) : new Uint8Array(b.buffer, b.byteOffset, b.byteLength);
      if (column.put(message.block!, bytes)) this.came();
    }
    this.ask();
  };

  stop() { this.model.off("msg:custom", this.answer as never); }
}
