// The query language: words, "quoted words", column:value, column=value, column>value, /regex/,
// and, or, not, parentheses.

export type Op = ":" | "=" | ">" | ">=" | "<" | "<=";

export type Query =
  | { kind: "and" | "or"; of: Query[] }
  | { kind: "not"; of: Query }
  | { kind: "term"; column: string; op: Op; value: string; regex: boolean };

/** QueryError says what is wrong and where, in characters from 0. */
export class QueryError extends Error {
  constructor(message: string, readonly at: number) { super(message); }
}

const word = /[^\s()"]+/y;
const column = /(?:([A-Za-z_][\w.]*)|"((?:[^"\\]|\\.)*)")(:|>=|<=|=|>|<)/y;
const quoted = /"((?:[^"\\]|\\["\\]|\\)*)"/y;
const regex = /\/((?:[^/\\]|\\.)+)\/(?=[\s)]|$)/y; // so that /usr/bin is a word
const place = /[A-Za-z]:[\\/]|[A-Za-z][\w+.-]*:\/\//y; // C:\ and http:// name no column
const deepest = 100;

/** parse reads a query; null when there is none. */
export function parse(text: string): Query | null {
  const p = new Parser(text);
  p.space();
  if (p.end()) return null;
  const q = p.or(0);
  if (!p.end()) throw new QueryError("there is a ) too many", p.at);
  return q;
}

class Parser {
  at = 0;
  constructor(private readonly text: string) {}

  end() { return this.at >= this.text.length; }

  take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    const m = pattern.exec(this.text);
    if (m) this.at = pattern.lastIndex;
    return m;
  }

  looksAt(pattern: RegExp): boolean {
    pattern.lastIndex = this.at;
    return pattern.test(this.text);
  }

  space() { this.take(/\s*/y); }

  keyword(name: string): boolean {
    const m = this.take(new RegExp(`${name}(?=[\\s()]|$)`, "iy"));
    if (m) this.space();
    return m !== null;
  }

  or(depth: number): Query {
    if (depth > deepest) throw new QueryError("there are too many parentheses", this.at);
    const of = [this.and(depth)];
    while (this.keyword("or")) of.push(this.and(depth));
    return of.length === 1 ? of[0]! : { kind: "or", of };
  }

  and(depth: number): Query {
    const of = [this.not(depth)];
    for (;;) {
      const more = this.keyword("and");
      if (!more && (this.end() || this.text[this.at] === ")" || /^or(?=[\s()]|$)/i.test(this.text.slice(this.at, this.at + 3)))) break;
      of.push(this.not(depth));
    }
    return of.length === 1 ? of[0]! : { kind: "and", of };
  }

  not(depth: number): Query {
    let negated = false;
    for (;;) {
      if (this.keyword("not")) negated = !negated;
      else if (this.take(/!(?=[^\s)])/y)) negated = !negated;
      else break;
    }
    const of = this.primary(depth);
    return negated ? { kind: "not", of } : of;
  }

  primary(depth: number): Query {
    if (this.end()) throw new QueryError("something is missing at the end", this.at);
    if (this.take(/\(\s*/y)) {
      const q = this.or(depth + 1);
      if (!this.take(/\)\s*/y)) throw new QueryError("a ) is missing", this.at);
      return q;
    }
    const q = this.term();
    this.space();
    return q;
  }

  term(): Query {
    const c = this.looksAt(place) ? null : this.take(column);
    const named = c ? { column: c[1] ?? unquote(c[2]!), op: c[3] as Op } : { column: "", op: ":" as Op };
    const r = this.take(regex);
    if (r) return { kind: "term", ...named, value: check(r[1]!, this.at), regex: true };
    const q = this.take(quoted);
    if (q) return { kind: "term", ...named, value: unquote(q[1]!), regex: false };
    const w = this.take(word);
    if (!w && !c) throw new QueryError(this.text[this.at] === '"' ? "a quote is not closed" : "a word is missing", this.at);
    return { kind: "term", ...named, value: w ? w[0] : "", regex: false };
  }
}

function unquote(text: string) { return text.replace(/\\(["\\])/g, "$1"); }

function check(pattern: string, at: number): string {
  try { new RegExp(pattern, "iu"); } catch {
    try { new RegExp(pattern, "i"); } catch { throw new QueryError(`/${pattern}/ is no regular expression`, at); }
  }
  return pattern;
}
