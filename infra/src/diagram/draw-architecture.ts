import { type Architecture, architecture } from './architecture';
import { document } from './document';
import { overview } from './overview';
import { svg } from './svg';
import { synthesisedStacks } from './synthesised-stacks';

/** What shows the architecture: the picture, the document with everything, and the data behind both. */
export interface DrawnArchitecture {
  readonly data: Architecture;
  readonly svg: string;
  readonly pdf: Buffer;
}

/** @returns the architecture that infra synthesises, drawn; the same for the same code, to the byte */
export async function drawArchitecture(): Promise<DrawnArchitecture> {
  const data = architecture(synthesisedStacks());
  // Downwards: a page of a code host is narrow, and a picture as wide as the flow is long could not be read there.
  return { data, svg: svg(await overview(data, 'DOWN')), pdf: await document(data) };
}
