import { formatAge, formatDateTime, formatTime } from './format';
import type { LiveState } from './live-view';

interface Message {
  readonly kind: 'info' | 'warning' | 'error';
  readonly title: string;
  readonly text: string;
}

/** @returns what the user must know about the figures; undefined when all is well */
export function bannerMessage({ view, connection, heardAt }: LiveState, now: number): Message | undefined {
  if (connection === 'lost' || (!view && connection === 'connecting')) {
    if (!view) return { kind: 'info', title: 'Connecting', text: 'Waiting for the dashboard’s server.' };
    return {
      kind: 'error',
      title: `No word from the server for ${formatAge(now - heardAt)}`,
      text: `The figures are those of ${formatTime(heardAt)}. Trying to connect again; if the server was stopped, start it again.`,
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
        text: `${(problem ?? '').replace(/\.?$/, '.')} ${lastResultAt === null ? '' : `The figures are those of ${formatTime(lastResultAt)}. `}Trying again.`,
      };
    case 'starting':
      return { kind: 'info', title: 'Reading', text: 'Reading the results that are there already.' };
    case 'empty':
      return {
        kind: 'info',
        title: 'No results yet',
        text: `The table holds nothing of the last hour. The first figures come ${view.pipeline.windowSeconds + 10} s or so after the first event.`,
      };
    case 'stale':
      return {
        kind: 'warning',
        title: `No new result for ${formatAge(age)}`,
        text: `Traffic has stopped, or the job or the sink has. The figures are those of ${formatTime(lastResultAt ?? serverTime)}.`,
      };
    case 'finished':
      return {
        kind: 'info',
        title: 'A finished run',
        text: `The hour up to ${formatDateTime(serverTime)}, from ${view.status.source}. Start it with --at for another hour.${
          view.status.complete ? '' : ' There are more results than this page reads at a time: figures are too low.'
        }`,
      };
    case 'live':
      if (!view.status.complete)
        return {
          kind: 'warning',
          title: 'Figures are too low',
          text: 'There are more results than this page reads at a time; counts of clicks, alerts or users leave some out.',
        };
      return undefined;
  }
}

/** The message about the figures as a whole. */
export function Banner({ state, now }: { readonly state: LiveState; readonly now: number }) {
  const message = bannerMessage(state, now);
  // The ages in it would be read out every second: only the kind of message is announced.
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
