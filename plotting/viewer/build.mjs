// Bundles src into one ES module. Usage: node build.mjs FILE, or node build.mjs --test.
import { build } from "esbuild";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const here = import.meta.dirname;
const common = { bundle: true, format: "esm", target: "es2022", charset: "ascii", legalComments: "none", absWorkingDir: here, loader: { ".css": "text" } };

async function bundle(outfile) {
  const result = await build({ ...common, entryPoints: ["src/index.ts"], minify: true, outfile, metafile: true });
  for (const [file, { bytes }] of Object.entries(result.metafile.outputs)) console.log(`${file}: ${bytes} bytes`);
}

async function test() {
  const folder = mkdtempSync(join(tmpdir(), "viewer-"));
  try {
    const tests = readdirSync(join(here, "test")).filter((f) => f.endsWith(".test.ts"));
    await build({ ...common, entryPoints: tests.map((f) => `test/${f}`), platform: "node", outdir: folder, outExtension: { ".js": ".mjs" } });
    const files = tests.map((f) => join(folder, f.replace(/\.ts$/, ".mjs")));
    process.exitCode = spawnSync(process.execPath, ["--test", "--test-force-exit", "--test-reporter=dot", ...files], { stdio: "inherit", cwd: here }).status;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

await (process.argv[2] === "--test" ? test() : bundle(process.argv[2]));
