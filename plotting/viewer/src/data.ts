// The tree as typed arrays: what Go's viewer.Data encodes (encode.go says how it lies in the bytes).

export type Kind = "text" | "int" | "float" | "bool" | "time" | "none";

export interface Roles { Key: string; Name: string; PID: string; CommandLine: string; User: string; Host: string }

interface ArrayEntry { Name: string; Type: "int32" | "uint8" | "float64"; At: number; Len: number }

export interface ColumnEntry { Name: string; Kind: Kind; Distinct: number; Width: number; Bytes: number; At: number }

export interface Manifest {
  Title: string; Subtitle: string; Fingerprint: string;
  Rows: number; Total: number; BlockSize: number;
  Arrays: ArrayEntry[] | null; Columns: ColumnEntry[] | null; Roles: Roles;
}

/** Flags of a row; a row may have several. */
export const Inferred = 1, Weak = 2, Ended = 4;

const decoder = new TextDecoder();
const noCodes = new Uint8Array(0);

/** Column is codes, one a row, into distinct ascending values; code 0 is null. */
export class Column {
  readonly bytes: Uint8Array<ArrayBuffer>;
  codes: Uint8Array | Uint16Array | Uint32Array = noCodes;
  private ends: Uint32Array = new Uint32Array(1);
  private textAt = 0;
  private words: BigInt64Array | Float64Array = new Float64Array(0);
  private missing: number;
  private readonly have: Uint8Array;

  constructor(readonly entry: ColumnEntry, private readonly rows: number, private readonly blockSize: number) {
    this.bytes = new Uint8Array(new ArrayBuffer(0));
    this.missing = Math.ceil(entry.Bytes / blockSize);
    this.have = new Uint8Array(this.missing);
  }

  get name() { return this.entry.Name; }
  get kind() { return this.entry.Kind; }
  get distinct() { return this.entry.Distinct; }
  get ready() { return this.missing === 0; }

  /** put takes one block; it returns whether the column has become ready by it. */
  put(block: number, bytes: Uint8Array): boolean {
    if (block >= this.have.length || this.have[block]) return false;
    if (this.bytes.length === 0) (this as { bytes: Uint8Array<ArrayBuffer> }).bytes = new Uint8Array(this.entry.Bytes);
    this.bytes.set(bytes, block * this.blockSize);
    this.have[block] = 1;
    if (--this.missing === 0) this.open();
    return this.missing === 0;
  }

  lacking(): number[] {
    return Array.from(this.have.keys()).filter((b) => !this.have[b]);
  }

  private open() {
    const { Width, Distinct, Kind } = this.entry, buffer = this.bytes.buffer;
    const codes = Width === 1 ? Uint8Array : Width === 2 ? Uint16Array : Uint32Array;
    this.codes = Kind === "none" ? noCodes : new codes(buffer, 0, this.rows);
    let at = aligned(this.codes.byteLength);
    if (Kind === "text") {
      this.ends = new Uint32Array(buffer, at, Distinct + 1);
      this.textAt = aligned(at + (Distinct + 1) * 4);
    } else if (Kind !== "none") {
      this.words = Kind === "float" ? new Float64Array(buffer, at, Distinct) : new BigInt64Array(buffer, at, Distinct);
    }
  }

  code(row: number): number { return this.codes.length ? this.codes[row]! : 0; }

  /** text is a value as it is shown; "" for null. It is the log's, so it must pass printable. */
  text(code: number): string {
    if (code === 0) return "";
    switch (this.kind) {
      case "text": { const [from, to] = this.span(code); return decoder.decode(this.bytes.subarray(from, to)); }
      case "time": return timeText(this.words[code - 1] as bigint);
      case "bool": return this.words[code - 1] ? "true" : "false";
      default: return String(this.words[code - 1]);
    }
  }

  /** span is where a text's bytes are. */
  span(code: number): [number, number] { return [this.textAt + this.ends[code - 1]!, this.textAt + this.ends[code]!]; }

  /** number is a value to compare and to draw; times are milliseconds. NaN where there is none. */
  number(code: number): number {
    if (code === 0 || this.kind === "text" || this.kind === "none") return NaN;
    const word = this.words[code - 1]!;
    return this.kind === "time" ? Number(word) / 1e6 : Number(word);
  }
}

function aligned(n: number) { return (n + 7) & ~7; }

/** timeText writes nanoseconds since 1970 as pandas does, without the zone, which is UTC. */
export function timeText(ns: bigint): string {
  let ms = ns / 1000000n, rest = ns % 1000000n;
  if (rest < 0n) { rest += 1000000n; ms -= 1n; }
  const date = new Date(Number(ms));
  if (isNaN(date.getTime())) return String(ns);
  const iso = date.toISOString().replace("T", " ").replace("Z", "");
  const fraction = (iso.slice(-3) + String(rest).padStart(6, "0")).replace(/(000)+$/, "");
  return iso.slice(0, -4) + (fraction ? "." + fraction : "");
}

/** Data is the tree. Rows are in preorder: the descendants of row i are the size[i]-1 rows after it. */
export class Data {
  readonly n: number;
  readonly parent: Int32Array;
  readonly depth: Int32Array;
  readonly position: Int32Array | null;
  readonly flags: Uint8Array | null;
  readonly start: Float64Array;
  readonly end: Float64Array | null;
  readonly fold: Int32Array | null; // by row: the row that stands for it while repetition is folded
  readonly chains: Int32Array | null; // a row that stands for a chain, how many rows a turn has, these; and so on
  readonly size: Int32Array;
  readonly place: Int32Array; // among its siblings, from 0
  readonly children: Int32Array; // how many
  readonly roots: number;
  readonly columns: Column[];
  readonly shallowest: number;
  readonly deepest: number;

  constructor(readonly manifest: Manifest, bytes: Uint8Array, offset: number) {
    const array = (name: string) => {
      const e = manifest.Arrays?.find((a) => a.Name === name);
      if (!e || e.Len === 0) return null;
      const type = { int32: Int32Array, uint8: Uint8Array, float64: Float64Array }[e.Type];
      return new type(bytes.buffer as ArrayBuffer, bytes.byteOffset + offset + e.At, e.Len);
    };
    const n = this.n = manifest.Rows;
    this.parent = array("parent") as Int32Array ?? new Int32Array(0);
    this.depth = array("depth") as Int32Array ?? new Int32Array(n);
    this.position = array("position") as Int32Array | null;
    this.flags = array("flags") as Uint8Array | null;
    this.start = array("start") as Float64Array ?? new Float64Array(n).fill(NaN);
    this.end = array("end") as Float64Array | null;
    this.fold = array("fold") as Int32Array | null;
    this.chains = array("chains") as Int32Array | null;
    this.columns = (manifest.Columns ?? []).map((e) => new Column(e, n, manifest.BlockSize));
    this.size = new Int32Array(n);
    this.place = new Int32Array(n);
    this.children = new Int32Array(n);
    this.roots = this.count();
    let low = n ? this.depth[0]! : 0, high = low;
    for (const d of this.depth) { if (d < low) low = d; if (d > high) high = d; }
    this.shallowest = low;
    this.deepest = high;
  }

  /** count measures the subtrees and numbers the siblings. */
  private count(): number {
    const { n, parent, size, place, children } = this;
    let roots = 0;
    for (let i = n - 1; i >= 0; i--) {
      size[i]!++;
      if (parent[i]! >= 0) size[parent[i]!]! += size[i]!;
    }
    for (let i = 0; i < n; i++) {
      const up = parent[i]!;
      place[i] = up < 0 ? roots++ : children[up]!++;
    }
    return roots;
  }

  flag(row: number, flag: number): boolean { return this.flags !== null && (this.flags[row]! & flag) !== 0; }

  column(name: string): Column | undefined { return name === "" ? undefined : this.columns.find((c) => c.name === name); }

  role(role: keyof Roles): Column | undefined { return this.column(this.manifest.Roles[role]); }

  /** siblings is how many have the row's parent, the row included. */
  siblings(row: number): number { const up = this.parent[row]!; return up < 0 ? this.roots : this.children[up]!; }

  /** ancestors lists rows from the root to the row's parent. */
  ancestors(row: number): number[] {
    const out: number[] = [];
    for (let up = this.parent[row]!; up >= 0; up = this.parent[up]!) out.push(up);
    return out.reverse();
  }
}

/** headLength tells how many bytes the head has, from its first twelve. */
export function headLength(bytes: Uint8Array): number {
  if (decoder.decode(bytes.subarray(0, 4)) !== "GWV1") throw new Error("this is no process tree, or one of another version");
  return view(bytes).getUint32(4, true);
}

/** decode reads a head, and the columns that follow it. */
export function decode(bytes: Uint8Array): Data {
  const head = headLength(bytes);
  if (bytes.byteOffset % 8 !== 0) bytes = bytes.slice();
  const length = view(bytes).getUint32(8, true);
  const manifest = JSON.parse(decoder.decode(bytes.subarray(12, 12 + length))) as Manifest;
  const data = new Data(manifest, bytes, 12 + length);
  for (const c of data.columns) {
    const { At, Bytes } = c.entry;
    if (At < 0) continue;
    if (Bytes === 0) continue;
    for (let b = 0; b * manifest.BlockSize < Bytes; b++) {
      const from = head + At + b * manifest.BlockSize;
      c.put(b, bytes.subarray(from, Math.min(from + manifest.BlockSize, head + At + Bytes)));
    }
  }
  return data;
}

function view(b: Uint8Array) { return new DataView(b.buffer, b.byteOffset, b.byteLength); }
