import { DIMENSIONS } from '@ad-analytics/event-schemas';
import { useEffect, useState } from 'preact/hooks';
import type { ReportData } from '../report/report-data';
import type { ShownFilter } from '../view/view';
import { formatDateTime } from './format';
import { AlertsPanel } from './panels/alerts';
import { BooksPanel } from './panels/books';
import { CtrPanel } from './panels/ctr';
import { EngagementPanel } from './panels/engagement';
import { EventRatePanel } from './panels/event-rate';
import { FunnelPanel } from './panels/funnel';
import { KeyFigures } from './panels/key-figures';
import { LeftOutPanel } from './panels/left-out';
import { RankingsPanel } from './panels/rankings';
import { VerdictPanel } from './panels/verdict';
import { chooseTheme, currentTheme, followTheme, type Theme } from './theme';

/** A report covers all campaigns and the whole run. */
const WHOLE_RUN: ShownFilter = { minutes: 'all' };

/** A finished run on one page: the live page's panels over the whole run. */
export function Report({ view, books, verdict }: ReportData) {
  const [theme, setTheme] = useState<Theme>(currentTheme);
  useEffect(() => {
    followTheme(setTheme);
    // Paper is white: text in the colours of the dark theme would be unreadable.
    addEventListener('beforeprint', () => (document.documentElement.dataset['theme'] = 'light'));
    addEventListener('afterprint', () => (document.documentElement.dataset['theme'] = currentTheme()));
  }, []);
  const toggleTheme = () => {
    const other = theme === 'dark' ? 'light' : 'dark';
    chooseTheme(other);
    setTheme(other);
  };
  const { totals, series, rankings } = view;
  return (
    <>
      <header class="top">
        <h1>Ad analytics: report</h1>
        <p class="note">
          {totals ? `${formatDateTime(totals.from)} to ${formatDateTime(totals.to)}, ` : ''}from {view.status.source}
        </p>
        <div class="filters">
          <button type="button" class="theme" onClick={toggleTheme}>
            {theme === 'dark' ? 'Light' : 'Dark'}
            <span class="visually-hidden"> theme</span>
          </button>
        </div>
      </header>
      <main id="figures" class="report">
        <div class="grid">
          {totals && series ? (
            <>
              <KeyFigures totals={totals} funnel={view.funnel} />
              <CtrPanel
                series={series}
                filter={WHOLE_RUN}
                theme={theme}
                settlesAfterMs={view.pipeline.settlesAfterMs}
              />
              <AlertsPanel alerts={view.alerts} filter={WHOLE_RUN} />
              {DIMENSIONS.map((dimension) => (
                <RankingsPanel key={dimension} rankings={rankings} filter={WHOLE_RUN} only={dimension} />
              ))}
              <EventRatePanel series={series} filter={WHOLE_RUN} theme={theme} />
              <FunnelPanel funnel={view.funnel} filter={WHOLE_RUN} />
              <EngagementPanel engagement={view.engagement} filter={WHOLE_RUN} />
            </>
          ) : (
            <p class="nothing">No event was accepted, so the figures are missing. The reasons are listed below.</p>
          )}
          <LeftOutPanel quality={view.quality} flink={view.pipeline.flink} filter={WHOLE_RUN} />
          {books ? <BooksPanel books={books} /> : null}
          {verdict ? <VerdictPanel verdict={verdict} /> : null}
        </div>
      </main>
      <footer>Times are local. Written {formatDateTime(view.status.serverTime)}.</footer>
    </>
  );
}
