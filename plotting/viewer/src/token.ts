// A selection as a short text, for ptree.FromToken.

/** token writes places in the forest, ascending: base64url of version 1, the fingerprint's four
 * bytes, gap and length of each run as unsigned varints, and the sum of it all modulo 256. */
export function token(fingerprint: string, places: Iterable<number>): string {
  const out = [1];
  for (let i = 0; i < 8; i += 2) out.push(parseInt(fingerprint.slice(i, i + 2), 16) || 0);
  let end = 0, from = -1, to = -1;
  const close = () => {
    if (from < 0) return;
    varint(out, from - end);
    varint(out, to - from);
    end = to;
  };
  for (const p of places) {
    if (p === to) { to++; continue; }
    close();
    from = p;
    to = p + 1;
  }
  close();
  out.push(out.reduce((a, b) => (a + b) & 255, 0));
  let text = "";
  for (const b of out) text += String.fromCharCode(b);
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

function varint(out: number[], n: number) {
  for (; n > 127; n = Math.floor(n / 128)) out.push((n % 128) | 128);
  out.push(n);
}
