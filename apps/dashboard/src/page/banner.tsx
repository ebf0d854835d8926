import { formatAge, formatDateTime, formatTime } from './format';
import type { LiveState } from './live-view';

interface Message {
  readonly kind: 'info' | 'warning' | 'error';
  readonly title: string;
  readonly text: string;
}

/** @returns a warning about the figures; undefined when the figures are complete and current */
function bannerMessage({ view, connection, heardAt }: LiveState, now: number): Message | undefined {
  if (connection === 'lost' || (!view && connection === 'connecting')) {
    if (!view) return { kind: 'info', title: 'Connecting', text: 'Waiting for the dashboard’s server.' };
    return {
      kind: 'error',
      title: `No response from the server for ${formatAge(now - heardAt)}`,
      text: `The figures are from ${formatTime(heardAt)}. Reconnecting; if the server was stopped, start it again.`,
    };
  }
  if (!view) return undefined;
  const { state, problem, lastResultAt, serverTime } = view.status;
  const age = lastResultAt === null ? 0 : serverTime - lastResultAt + Math.max(0, now - heardAt);
  switch (state) {
    case 'error':
      return {
        kind: 'error',
        title: 'The results cannot be read',
        text: `${(problem ?? '').replace(/\.?$/, '.')} ${lastResultAt === null ? '' : `The figures are from ${formatTime(lastResultAt)}. `}Trying again.`,
      };
    case 'starting':
      return { kind: 'info', title: 'Reading', text: 'Reading the existing results.' };
    case 'empty':
      return {
        kind: 'info',
        title: 'No results yet',
        text: `The table has no results of the last hour. The first figures appear about ${view.pipeline.windowSeconds + 10} s after the first event.`,
      };
    case 'stale':
      return {
        kind: 'warning',
        title: `No new result for ${formatAge(age)}`,
        text: `The traffic, the job or the sink has stopped. The figures are from ${formatTime(lastResultAt ?? serverTime)}.`,
      };
    case 'finished':
      return {
        kind: 'info',
        title: 'A finished run',
        text: `The hour up to ${formatDateTime(serverTime)}, from ${view.status.source}. Start the dashboard with --at to see another hour.${
          view.status.complete ? '' : ' The table has more results than this page can read: figures are too low.'
        }`,
      };
    case 'live':
      if (!view.status.complete)
        return {
          kind: 'warning',
          title: 'Figures are too low',
          text: 'The table has more results than this page can read, so counts of clicks, alerts or users are incomplete.',
        };
      return undefined;
  }
}

/** The message about the figures as a whole. */
export function Banner({ state, now }: { readonly state: LiveState; readonly now: number }) {
  const message = bannerMessage(state, now);
  // A screen reader would read the ages in it every second, so only the kind of message is announced.
  return (
    <>
      <div class="visually-hidden" role="status">
        {message?.title.replace(/ for .*/, '') ?? ''}
      </div>
      {message ? (
        <div class={`banner banner-${message.kind}`}>
          <strong>{message.title}</strong> <span>{message.text}</span>
        </div>
      ) : null}
    </>
  );
}
