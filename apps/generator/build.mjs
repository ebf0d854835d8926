// Bundles the command line to one file that Node runs without the workspace's TypeScript.
// Usage: node build.mjs [file]; the file must lie in the project, whose settings the program looks for.
import { build } from 'esbuild';
import path from 'node:path';

const here = import.meta.dirname;
await build({
  entryPoints: [path.join(here, 'src', 'main.ts')],
  outfile: process.argv[2] ?? path.join(here, 'dist', 'generator.mjs'),
  tsconfig: path.join(here, 'tsconfig.json'),
  bundle: true,
  platform: 'node',
  target: 'node22',
  format: 'esm',
  sourcemap: true,
  logLevel: 'warning',
  // CommonJS packages inside an ES module still call require for Node's own modules.
  banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
});
