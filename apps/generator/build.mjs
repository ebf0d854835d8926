// Bundles the command line to one file that Node runs without the workspace's TypeScript.
// Usage: node build.mjs [file]; the file must be inside the project, because the program looks for the project's
// settings.
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
  // Bundled CommonJS packages still call require for Node's built-in modules.
  banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
});
