/** Total of what the pages have received. */
interface Received {
  messages: number;
  bytes: number;
}

/** Pages that watch the stream of events. */
export interface Viewers {
  readonly received: Readonly<Received>;
  /** Rejects if the server ends a stream; never resolves. */
  readonly failed: Promise<never>;
  /** Disconnects all. */
  close(): Promise<void>;
}

/** @param count of pages @param ownFilters whether each looks at another campaign @returns query of each page */
export function viewerQueries(count: number, ownFilters: boolean): string[] {
  return Array.from({ length: count }, (_, i) =>
    ownFilters ? `?campaign=campaign-${String(i + 1).padStart(2, '0')}` : '',
  );
}

/**
 * Connects pages to the server, without a browser.
 * @param url of the page
 * @param queries filter of each page
 * @returns the pages, each with its first message
 * @throws Error if the server does not accept one
 */
export async function openViewers(url: string, queries: readonly string[]): Promise<Viewers> {
  const stop = new AbortController();
  const received: Received = { messages: 0, bytes: 0 };
  const watching: Promise<void>[] = [];
  for (const query of queries) {
    const response = await fetch(`${url}events${query}`, { signal: stop.signal });
    if (!response.ok || response.body === null) {
      stop.abort();
      throw new Error(`The dashboard answered ${response.status} to a viewer.`);
    }
    watching.push(read(response.body, received, stop.signal));
  }
  const failed = Promise.race([new Promise<never>(() => {}), ...watching.map(ended(stop.signal))]);
  failed.catch(() => {});
  return {
    received,
    failed,
    close: async () => {
      stop.abort();
      await Promise.all(watching);
    },
  };
}

/** A stream that ends, although its page has not been closed. */
const ended = (stop: AbortSignal) => async (watching: Promise<void>) => {
  await watching;
  if (!stop.aborted) throw new Error('The dashboard ended the stream of a viewer.');
  return new Promise<never>(() => {});
};

async function read(body: ReadableStream<Uint8Array>, received: Received, stop: AbortSignal): Promise<void> {
  let before = '';
  const decoder = new TextDecoder();
  try {
    for await (const chunk of body) {
      const blocks = (before + decoder.decode(chunk, { stream: true })).split('\n\n');
      // The last one may continue in the next chunk.
      before = blocks.pop() ?? '';
      received.bytes += chunk.length;
      received.messages += blocks.filter((block) => /^data: /m.test(block)).length;
    }
  } catch (error) {
    if (!stop.aborted) throw error;
  }
}
