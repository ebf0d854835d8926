// Bundles the Lambda to one file with its SDK, so that the tested code runs, regardless of the SDK in the runtime.
// Prints the size: cold starts grow with it. Usage: node build.mjs [file]. Without a file it also writes what the bundle is made of to
// metafiles, for the check of licences and the SBOM.
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
  // A class keeps its name: the SDK and Powertools tell errors apart by it.
  keepNames: true,
  sourcemap: true,
  // Without the sources in it the map has a third of the size, and still gives file and line in a stack trace.
  sourcesContent: false,
  logLevel: 'warning',
  metafile: true,
  // The paths in the metafile begin here, wherever this is called.
  absWorkingDir: path.join(here, '..', '..'),
  // The package's ES modules come first where it has both: only those can be shaken.
  mainFields: ['module', 'main'],
  // CommonJS packages inside an ES module still call require for Node's own modules.
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
