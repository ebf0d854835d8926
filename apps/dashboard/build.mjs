// Bundles the server to one file that Node runs without the workspace's TypeScript, and the page next to it, into the
// given folder (default: dist). Into dist, it also writes what each bundle is made of to metafiles, for the check of
// licences and the SBOM.
import { build } from 'esbuild';
import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

const here = import.meta.dirname;
const dist = process.argv[2] === undefined ? path.join(here, 'dist') : path.resolve(process.argv[2]);
const page = path.join(here, 'src', 'page');
const common = {
  tsconfig: path.join(here, 'tsconfig.json'),
  bundle: true,
  logLevel: 'warning',
  metafile: true,
  // The paths in the metafiles are relative to this folder, whatever the working directory is.
  absWorkingDir: path.join(here, '..', '..'),
};

await rm(dist, { recursive: true, force: true });
const built = await Promise.all([
  build({
    ...common,
    entryPoints: [path.join(here, 'src', 'main.ts')],
    outfile: path.join(dist, 'dashboard.mjs'),
    platform: 'node',
    target: 'node22',
    format: 'esm',
    sourcemap: true,
    // Bundled CommonJS packages still call require for Node's built-in modules.
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  }),
  build({
    ...common,
    entryPoints: { app: path.join(page, 'main.tsx') },
    outdir: path.join(dist, 'page'),
    platform: 'browser',
    target: ['chrome115', 'firefox115', 'safari16.4'],
    format: 'esm',
    minify: true,
    legalComments: 'linked',
  }),
  build({
    ...common,
    entryPoints: [path.join(here, 'src', 'report', 'main.ts')],
    outfile: path.join(dist, 'report.mjs'),
    platform: 'node',
    target: 'node22',
    format: 'esm',
    sourcemap: true,
    // It has a native library, which cannot be bundled.
    external: ['@duckdb/node-api'],
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  }),
  build({
    ...common,
    entryPoints: { report: path.join(page, 'report-main.tsx') },
    outdir: path.join(dist, 'report'),
    platform: 'browser',
    target: ['chrome115', 'firefox115', 'safari16.4'],
    format: 'esm',
    minify: true,
    legalComments: 'inline',
  }),
]);
await Promise.all(
  ['index.html', 'favicon.svg'].map((file) => cp(path.join(page, file), path.join(dist, 'page', file))),
);
if (process.argv[2] === undefined) {
  const metafiles = path.join(here, 'metafiles');
  await mkdir(metafiles, { recursive: true });
  const names = ['server', 'page', 'report', 'report-page'];
  await Promise.all(
    built.map(({ metafile }, at) => writeFile(path.join(metafiles, `${names[at]}.json`), JSON.stringify(metafile))),
  );
}
