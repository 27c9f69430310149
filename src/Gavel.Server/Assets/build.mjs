// node build.mjs FOLDER bundles the pages' styles and modules into the folder, every file named after its content, and writes
// manifest.json (logical name -> file name) for the server. Text files also get a brotli twin, so that the server never compresses.
import { build } from "esbuild";
import { brotliCompressSync, constants } from "node:zlib";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
if (!process.argv[2]) throw new Error("usage: node build.mjs FOLDER");
const target = resolve(process.argv[2]);

rmSync(target, { recursive: true, force: true });
mkdirSync(target, { recursive: true });

const shared = {
  absWorkingDir: here,
  bundle: true,
  minify: true,
  metafile: true,
  legalComments: "eof",
  outdir: target,
  entryNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
  chunkNames: "[name]-[hash]",
  logLevel: "warning",
};

const results = await Promise.all([
  // Runs before the first paint, so it is a classic script; it only sets the theme and tells the styles that scripts run.
  build({ ...shared, entryPoints: ["src/boot.ts"], format: "iife", target: "es2020" }),
  build({
    ...shared,
    entryPoints: ["src/site.ts", "src/problem.ts", "src/submission.ts", "src/operator.ts"],
    format: "esm",
    splitting: true,
    target: "es2022",
  }),
  build({
    ...shared,
    entryPoints: ["styles/site.css", "styles/math.css", "styles/icon.svg"],
    loader: { ".woff2": "file", ".svg": "copy", ".woff": "empty", ".ttf": "empty" },
  }),
]);

const manifest = {};
for (const { metafile } of results)
  for (const [path, output] of Object.entries(metafile.outputs))
    if (/^(src|styles)\//.test(output.entryPoint ?? "")) manifest[basename(output.entryPoint).replace(/\.ts$/, ".js")] = basename(path);

// What every page asks for first; the server sends them as preloads.
for (const file of readdirSync(target)) {
  const name = file.match(/^(inter|source-serif-4|jetbrains-mono)-latin-wght-normal-.*\.woff2$/);
  if (name) manifest[`${name[1]}.woff2`] = file;
}

for (const file of readdirSync(target))
  if (/\.(js|css|svg)$/.test(file)) {
    const bytes = readFileSync(join(target, file));
    writeFileSync(join(target, `${file}.br`), brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
  }

// Last: its presence tells the build that everything else is there.
writeFileSync(join(target, "manifest.json"), JSON.stringify(manifest, null, 2) + "\n");
