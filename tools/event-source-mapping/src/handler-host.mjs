// Runs a bundled Lambda handler in a separate process, so that it may crash. Usage: fork('handler-host.mjs', [bundle]); then messages
// { event, context } are answered by { response } or { error }, one at a time.
import { pathToFileURL } from 'node:url';

const { handler } = await import(pathToFileURL(process.argv[2] ?? '').href);

process.on('message', async ({ event, context }) => {
  const { timeoutMs, ...names } = context;
  const end = Date.now() + timeoutMs;
  try {
    const response = await handler(event, { ...names, getRemainingTimeInMillis: () => Math.max(0, end - Date.now()) });
    process.send?.({ response: response ?? null });
  } catch (error) {
    process.send?.({ error: error instanceof Error ? `${error.name}: ${error.message}` : String(error) });
  }
});
// Ctrl-C goes to all processes of a terminal. The poller ends first what it has begun, and then this process.
process.on('SIGINT', () => {});
process.on('disconnect', () => process.exit());
process.send?.({ ready: true });
