// Builds what browsers load into dancu/web/static/built/: `python -m dancu.web.build` runs this with the
// right Node.
//
// Every file bears a hash of its content in its name, so that a browser may keep it for ever, and lies there
// compressed too. manifest.json says which name stands for which, and is written last.
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, parse } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

import * as esbuild from "esbuild";
import * as sass from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(here);
const built = join(root, "dancu", "web", "static", "built");
const resolve = createRequire(import.meta.url).resolve;

const SHEETS = ["citizen", "officials"];
const SCRIPTS = [
  "citizen",
  "officials",
  "commune",
  "list",
  "map",
  "arrivals",
  "checkpoint",
  "device-page",
  "review",
  "pass",
  "answers",
];

const browsers = ["chrome80", "safari14.1", "firefox90"]; // five-year-old phones
const common = {
  bundle: true,
  minify: true,
  write: false,
  target: browsers,
  legalComments: "eof",
  logLevel: "silent",
};
const manifest = {};

async function put(name, content) {
  const { name: stem, ext } = parse(name);
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 12);
  const hashed = `${stem}.${hash}${ext}`;
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } };
  await write(hashed, content);
  await write(`${hashed}.br`, await promisify(brotliCompress)(content, quality));
  await write(`${hashed}.gz`, await promisify(gzip)(content, { level: 9 }));
  manifest[name] = hashed;
  return hashed;
}

// Never half a file under its name: a server may be running.
async function write(name, content) {
  const made = join(built, `${name}.new`);
  await writeFile(made, content);
  await rename(made, join(built, name));
}

async function script(name, more) {
  const { outputFiles } = await esbuild.build({
    ...common,
    entryPoints: [join(here, `${name}.js`)],
    ...more,
  });
  return put(`${name}.js`, outputFiles[0].contents);
}

async function style(name) {
  const loadPaths = [join(root, "node_modules")];
  const { css } = sass.compile(join(here, `${name}.scss`), {
    loadPaths,
    style: "compressed",
    quietDeps: true,
  });
  return put(`${name}.css`, css);
}

// The reader of QR codes: the page starts a worker, and the worker loads the decoder, each by its hashed
// name.
async function scanner() {
  const wasm = await put("zxing_reader.wasm", await readFile(resolve("zxing-wasm/reader/zxing_reader.wasm")));
  // A classic script, because module workers came to phones late.
  const worker = await script("scan-worker", { format: "iife", define: { DECODER: JSON.stringify(wasm) } });
  await script("scan", { format: "esm", define: { SCAN_WORKER: JSON.stringify(worker) } });
}

// The files of the build before this one stay, for pages that were opened and servers that were started
// before it.
async function removeAllBut(...manifests) {
  const kept = new Set(manifests.flatMap((names) => Object.values(names)));
  for (const file of await readdir(built)) {
    const of = file.replace(/\.(br|gz)$/, "");
    if (!kept.has(of) && !["manifest.json", "built-from"].includes(file))
      await rm(join(built, file), { recursive: true });
  }
}

await mkdir(built, { recursive: true });
const before = JSON.parse(await readFile(join(built, "manifest.json"), "utf8").catch(() => "{}"));
try {
  await Promise.all([
    ...SHEETS.map(style),
    ...SCRIPTS.map((name) => script(name, { format: "esm" })),
    scanner(),
    // A classic script: of module workers the background ones came last.
    script("device-worker", { format: "iife" }),
    put("mark.svg", await readFile(join(here, "mark.svg"))),
  ]);
  await write("manifest.json", JSON.stringify(manifest, null, 1));
  await removeAllBut(before, manifest);
} catch (error) {
  console.error(error.message); // names the file, the line and the mistake
  process.exit(1);
}
