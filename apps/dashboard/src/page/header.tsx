import { RANGES_MINUTES, type ViewFilter } from '../view/view';
import { formatAge } from './format';
import type { LiveState } from './live-view';
import type { Theme } from './theme';

interface HeaderProps {
  readonly state: LiveState;
  readonly now: number;
  readonly filter: ViewFilter;
  readonly campaigns: readonly string[];
  readonly onFilter: (filter: ViewFilter) => void;
  readonly theme: Theme;
  readonly toggleTheme: () => void;
}

/** @returns the state of the page, in one or two words */
function stateText({ view, connection }: LiveState): { kind: string; text: string } {
  if (connection === 'lost') return { kind: 'error', text: 'Disconnected' };
  if (!view) return { kind: 'info', text: 'Connecting' };
  const texts = {
    starting: 'Reading',
    empty: 'Waiting',
    live: 'Live',
    stale: 'Stale',
    finished: 'Finished',
    error: 'Error',
  };
  const kinds = { starting: 'info', empty: 'info', live: 'live', stale: 'warning', finished: 'info', error: 'error' };
  return { kind: kinds[view.status.state], text: texts[view.status.state] };
}

/** Title, state and filters. */
export function Header({ state, now, filter, campaigns, onFilter, theme, toggleTheme }: HeaderProps) {
  const { kind, text } = stateText(state);
  const lastResultAt = state.view?.status.lastResultAt ?? null;
  const age = lastResultAt === null ? undefined : now - lastResultAt;
  // The list keeps the selected campaign after its last window has left the page.
  const choices =
    filter.campaign !== undefined && !campaigns.includes(filter.campaign) ? [filter.campaign, ...campaigns] : campaigns;
  return (
    <header class="top">
      <h1>Ad analytics</h1>
      <p class={`state state-${kind}`}>
        <span class="dot" aria-hidden="true" />
        {text}
        {kind === 'live' && age !== undefined ? <span class="state-age">last result {formatAge(age)} ago</span> : null}
      </p>
      <form class="filters" aria-label="Filters" onSubmit={(event) => event.preventDefault()}>
        <label>
          <span class="filter-name">Campaign</span>
          <select
            value={filter.campaign ?? ''}
            onChange={(event) => onFilter({ ...filter, campaign: event.currentTarget.value || undefined })}
          >
            <option value="">All campaigns</option>
            {choices.map((campaign) => (
              <option key={campaign} value={campaign} dir="auto">
                {campaign}
              </option>
            ))}
          </select>
        </label>
        <fieldset class="segments">
          <legend class="visually-hidden">Time range</legend>
          {RANGES_MINUTES.map((minutes) => (
            <label key={minutes} class="segment">
              <input
                type="radio"
                name="minutes"
                value={minutes}
                checked={filter.minutes === minutes}
                onChange={() => onFilter({ ...filter, minutes })}
              />
              <span>{minutes} min</span>
            </label>
          ))}
        </fieldset>
        <button type="button" class="theme" onClick={toggleTheme}>
          {theme === 'dark' ? 'Light' : 'Dark'}
          <span class="visually-hidden"> theme</span>
        </button>
      </form>
    </header>
  );
}
