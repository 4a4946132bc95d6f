// Text from a log made safe to show, by the rules of Go's dataframe.Printable.

const odd = /[\p{C}\p{Zl}\p{Zp}\u2800\p{Default_Ignorable_Code_Point}]|(?! )\p{Zs}|(?<=\p{M}{4})\p{M}/gu;
const plain = /^[ -~]*$/;

/** printable shows control, format and other unseen characters as visible escapes, and cuts at a
 * number of characters. Marks beyond four on one letter, which would paint over the lines around,
 * are escaped too. */
export function printable(text: string, limit = 4000): string {
  const long = text.length > limit;
  if (long) text = text.slice(0, limit - 1);
  if (!plain.test(text)) text = text.replace(odd, escape);
  return long || text.length > limit ? text.slice(0, limit - 1) + "\u2026" : text;
}

function escape(c: string): string {
  const code = c.codePointAt(0)!;
  if (c === "\n") return "\\n";
  if (c === "\t") return "\\t";
  if (c === "\r") return "\\r";
  if (code < 0x80) return "\\x" + code.toString(16).padStart(2, "0");
  return code > 0xffff ? "\\U" + code.toString(16).padStart(8, "0") : "\\u" + code.toString(16).padStart(4, "0");
}
