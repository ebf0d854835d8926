// Bundles the Lambda to one file with its SDK, so that the tested code runs, regardless of the SDK in the runtime.
// Prints the size, because cold starts grow with it. Usage: node build.mjs [file]. Without a file, it also writes the
// composition of the bundle to metafiles, for the licence check and the SBOM.
import { build } from 'esbuild';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

const here = import.meta.dirname;
const outfile = process.argv[2] ?? path.join(here, 'dist', 'index.mjs');
const { metafile } = await build({
  entryPoints: [path.join(here, 'src', 'index.ts')],
  outfile,
  tsconfig: path.join(here, 'tsconfig.json'),
  bundle: true,
  platform: 'node',
  target: 'node22',
  format: 'esm',
  minify: true,
  // Classes keep their names, because the SDK and Powertools identify errors by them.
  keepNames: true,
  sourcemap: true,
  // Without the sources, the map has a third of the size, and still provides file and line for stack traces.
  sourcesContent: false,
  logLevel: 'warning',
  metafile: true,
  // The paths in the metafile are relative to this folder, whatever the working directory is.
  absWorkingDir: path.join(here, '..', '..'),
  // If a package has both formats, its ES modules come first, because only these can be tree-shaken.
  mainFields: ['module', 'main'],
  // Bundled CommonJS packages still call require for Node's built-in modules.
  banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
});
if (process.argv[2] === undefined) {
  mkdirSync(path.join(here, 'metafiles'), { recursive: true });
  writeFileSync(path.join(here, 'metafiles', 'function.json'), JSON.stringify(metafile));
}
const kib = (bytes) => `${Math.round(bytes / 1024)} KiB`;
console.log(
  `${path.relative(here, outfile)}: ${kib(statSync(outfile).size)}, ${kib(gzipSync(readFileSync(outfile)).length)} gzipped`,
);
