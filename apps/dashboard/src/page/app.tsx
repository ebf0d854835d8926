import { useEffect, useRef, useState } from 'preact/hooks';
import type { ViewFilter } from '../view/view';
import { AlertAnnouncer } from './alert-announcer';
import { Banner } from './banner';
import { filterFromAddress, filterToAddress } from './filter-address';
import { Header } from './header';
import { LiveView, type LiveState } from './live-view';
import { AlertsPanel } from './panels/alerts';
import { CtrPanel } from './panels/ctr';
import { EngagementPanel } from './panels/engagement';
import { EventRatePanel } from './panels/event-rate';
import { FunnelPanel } from './panels/funnel';
import { KeyFigures } from './panels/key-figures';
import { LeftOutPanel } from './panels/left-out';
import { RankingsPanel } from './panels/rankings';
import { PipelineStrip } from './pipeline-strip';
import { chooseTheme, currentTheme, followTheme, type Theme } from './theme';

/** Ages on the page increase every second, even without messages. */
const TICK_MS = 1_000;

/** The panels, once results exist. */
const COMING = ['Click-through rate', 'Fraud alerts', 'Top campaigns, publishers, ads', 'Attribution funnel'];

/** The whole page. */
export function App() {
  const [state, setState] = useState<LiveState>({ view: undefined, connection: 'connecting', heardAt: Date.now() });
  const [filter, setFilter] = useState<ViewFilter>(filterFromAddress);
  const [theme, setTheme] = useState<Theme>(currentTheme);
  const [now, setNow] = useState(Date.now);
  const live = useRef<LiveView | null>(null);

  useEffect(() => {
    live.current = new LiveView(setState);
    followTheme(setTheme);
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  useEffect(() => {
    filterToAddress(filter);
    live.current?.show(filter);
  }, [filter]);

  const { view } = state;
  // In a finished run nothing flows, and ages are meaningless.
  const finished = view?.status.state === 'finished';
  const toggleTheme = () => {
    const other = theme === 'dark' ? 'light' : 'dark';
    chooseTheme(other);
    setTheme(other);
  };
  return (
    <>
      <a class="skip" href="#figures">
        Skip to the figures
      </a>
      <Header {...{ state, now, filter, theme, toggleTheme }} campaigns={view?.campaigns ?? []} onFilter={setFilter} />
      <main id="figures" tabIndex={-1} aria-busy={view === undefined}>
        <Banner state={state} now={now} />
        {finished ? null : <PipelineStrip view={view} lost={state.connection === 'lost'} now={now} />}
        {view?.totals && view.series ? (
          <div class={`grid ${state.connection === 'lost' || view.status.state === 'error' ? 'is-old' : ''}`}>
            <KeyFigures totals={view.totals} funnel={view.funnel} />
            <CtrPanel
              series={view.series}
              filter={filter}
              theme={theme}
              settlesAfterMs={view.pipeline.settlesAfterMs}
            />
            <AlertsPanel alerts={view.alerts} filter={filter} {...(finished ? {} : { now })} />
            <RankingsPanel
              rankings={view.rankings}
              filter={filter}
              onCampaign={(campaign) => setFilter({ ...filter, campaign })}
            />
            <EventRatePanel series={view.series} filter={filter} theme={theme} />
            <FunnelPanel funnel={view.funnel} filter={filter} />
            <EngagementPanel engagement={view.engagement} filter={filter} />
            <LeftOutPanel quality={view.quality} flink={view.pipeline.flink} filter={filter} />
          </div>
        ) : (
          <div class="placeholder" aria-hidden="true">
            {COMING.map((title) => (
              <div key={title} class="placeholder-panel">
                {title}
              </div>
            ))}
          </div>
        )}
      </main>
      <AlertAnnouncer alerts={view?.alerts} />
      <footer>Times are local; ranges end with the newest window. Source: {view?.status.source ?? '…'}</footer>
    </>
  );
}
