// Builds what browsers load into dancu/web/static/built/: `python -m dancu.web.build` runs this with the right Node.
import { copyFile, mkdir, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import * as esbuild from "esbuild";
import * as sass from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(here);
const served = join(root, "dancu", "web", "static", "built");
const built = `${served}.new`; // made beside what a running server may be serving
const resolve = createRequire(import.meta.url).resolve;

const browsers = ["chrome80", "safari14.1", "firefox90"]; // five-year-old phones
const common = { bundle: true, minify: true, target: browsers, legalComments: "eof", logLevel: "silent" };

async function scripts() {
  const pages = ["main", "commune", "scan", "arrivals", "checkpoint", "review"].map((name) => join(here, `${name}.js`));
  await esbuild.build({ ...common, entryPoints: pages, outdir: built, format: "esm" });
  // A classic script, because module workers came to phones late.
  await esbuild.build({ ...common, entryPoints: [join(here, "scan-worker.js")], outdir: built, format: "iife" });
  await copyFile(resolve("zxing-wasm/reader/zxing_reader.wasm"), join(built, "zxing_reader.wasm"));
}

async function styles() {
  const { css } = sass.compile(join(here, "main.scss"), {
    loadPaths: [join(root, "node_modules")],
    style: "compressed",
    quietDeps: true,
  });
  await writeFile(join(built, "main.css"), css);
}

await rm(built, { recursive: true, force: true });
await mkdir(built, { recursive: true });
try {
  await Promise.all([scripts(), styles()]);
  await copyFile(join(here, "mark.svg"), join(built, "mark.svg"));
  await rm(served, { recursive: true, force: true });
  await rename(built, served);
} catch (error) {
  console.error(error.message); // names the file, the line and the mistake
  process.exit(1);
}
