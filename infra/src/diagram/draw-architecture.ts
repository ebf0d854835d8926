import { type Architecture, architecture } from './architecture';
import { document } from './document';
import { overview } from './overview';
import { svg } from './svg';
import { synthesisedStacks } from './synthesised-stacks';

/** The files that show the architecture: the picture, the complete document, and their data. */
export interface DrawnArchitecture {
  readonly data: Architecture;
  readonly svg: string;
  readonly pdf: Buffer;
}

/** @returns the architecture that infra synthesises, drawn; the same for the same code, to the byte */
export async function drawArchitecture(): Promise<DrawnArchitecture> {
  const data = architecture(synthesisedStacks());
  // From top to bottom: pages of code hosts are narrow, and a wide picture would be unreadable there.
  return { data, svg: svg(await overview(data, 'DOWN')), pdf: await document(data) };
}
