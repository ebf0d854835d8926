/** Draws what infra synthesises: docs/architecture.svg, .pdf and .json. A test of this folder compares them. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { format } from 'prettier';
import { drawArchitecture } from './draw-architecture';

const DOCS = path.join(__dirname, '..', '..', '..', 'docs');

async function main(): Promise<void> {
  const { data, svg, pdf } = await drawArchitecture();
  // Formatted like the rest of the repository, so that the format check passes.
  const json = await format(JSON.stringify(data), { parser: 'json', printWidth: 120 });
  for (const [name, content] of Object.entries({ svg, pdf, json })) {
    writeFileSync(path.join(DOCS, `architecture.${name}`), content);
    console.log(`Written: docs/architecture.${name}`);
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
