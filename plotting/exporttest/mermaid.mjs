// Reads exported flowcharts with Mermaid's own parser and compares nodes, links and texts with the
// tree's. Usage: node mermaid.mjs FOLDER, with what `go test -run TestExports` writes there.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { deepStrictEqual } from "node:assert";
import { JSDOM } from "jsdom";

// Mermaid cleans texts with DOMPurify, which needs a document.
const { window } = new JSDOM("");
globalThis.window = window;
globalThis.document = window.document;
const { default: mermaid } = await import("mermaid");
mermaid.initialize({ maxTextSize: 50_000 }); // its default, which a wiki leaves as it is

// What Mermaid keeps of a label is HTML in which character codes are still marked by signs of its own.
function textOf(html) {
  const marked = html.replace(/ﬂ°°(\d+)¶ß/g, "&#$1;");
  return new JSDOM(`<p>${marked.replace(/<br\s*\/?>/g, "\n")}</p>`).window.document.querySelector("p").textContent.replaceAll("\u00a0", " ");
}

const folder = process.argv[2];
const trees = JSON.parse(readFileSync(join(folder, "trees.json"), "utf8"));
for (const [name, want] of Object.entries(trees)) {
  const text = readFileSync(join(folder, `${name}.mmd`), "utf8");
  await mermaid.parse(text); // throws where the text is no flowchart
  const { db } = await mermaid.mermaidAPI.getDiagramFromText(text);
  const nodes = [...db.getVertices().values()];
  deepStrictEqual(nodes.map((n) => n.id), want.mermaid.map((_, i) => `n${i}`), `${name}: the nodes`);
  deepStrictEqual(nodes.map((n) => textOf(n.text)), want.mermaid, `${name}: the labels`);
  const links = db.getEdges().map((e) => [+e.start.slice(1), +e.end.slice(1), e.stroke === "dotted"]);
  deepStrictEqual(links, want.mermaidLinks, `${name}: the links`);
  console.log(`mermaid reads ${name}: ${nodes.length} nodes, ${links.length} links`);
}
