import type { SeriesView, ShownFilter } from '../../view/view';
import { formatAge, formatRate, formatTick, spanText } from '../format';
import { CampaignName } from '../outside-text';
import { Panel } from '../panel';
import type { Theme } from '../theme';
import { TimeChart } from '../time-chart';

interface EventRateProps {
  readonly series: SeriesView;
  readonly filter: ShownFilter;
  readonly theme: Theme;
}

/** Events per second over time, by event time. */
export function EventRatePanel({ series, filter, theme }: EventRateProps) {
  const of = filter.campaign ?? 'all campaigns';
  return (
    <Panel
      name="rate"
      title="Events per second"
      note={
        <>
          Accepted impressions and clicks of <CampaignName campaign={filter.campaign} all="all campaigns" />
          {` by event time, per ${formatAge(series.stepMs)}.`}
        </>
      }
    >
      <TimeChart
        caption={
          <>
            Events per second of <CampaignName campaign={filter.campaign} all="all campaigns" />
            {` ${spanText(filter)}`}
          </>
        }
        label={`Events per second of ${of} ${spanText(filter)}`}
        times={series.times}
        theme={theme}
        format={formatRate}
        formatTick={formatTick}
        lines={[{ label: 'Events/s', values: series.eventsPerSecond, colour: '--accent', filled: true }]}
      />
    </Panel>
  );
}
