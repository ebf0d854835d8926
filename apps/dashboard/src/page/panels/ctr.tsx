import type { SeriesView, ShownFilter } from '../../view/view';
import { formatAge, formatCtr, formatShareTick, spanText } from '../format';
import { CampaignName } from '../outside-text';
import { Panel } from '../panel';
import type { Theme } from '../theme';
import { TimeChart } from '../time-chart';

interface CtrPanelProps {
  readonly series: SeriesView;
  readonly filter: ShownFilter;
  readonly theme: Theme;
  readonly settlesAfterMs: number;
}

/**
 * @returns the provisional line with the last settled point before it, so that the two lines have no gap between them
 */
function joined(settled: readonly (number | null)[], provisional: readonly (number | null)[]): (number | null)[] {
  return provisional.map((value, index) => {
    if (value !== null) return value;
    return provisional[index + 1] === null ? null : (settled[index] ?? null);
  });
}

/** Click-through rates over time, with and without invalid clicks. */
export function CtrPanel({ series, filter, theme, settlesAfterMs }: CtrPanelProps) {
  const of = filter.campaign ?? 'all campaigns';
  return (
    <Panel
      name="ctr"
      title="Click-through rate"
      note={
        <>
          <CampaignName campaign={filter.campaign} all="All campaigns" />
          {`, per ${formatAge(series.stepMs)}. Net counts valid attributed clicks only; it is settled ${formatAge(settlesAfterMs)} after the window, and provisional before.`}
        </>
      }
    >
      <TimeChart
        caption={
          <>
            Click-through rate of <CampaignName campaign={filter.campaign} all="all campaigns" />
            {` ${spanText(filter)}`}
          </>
        }
        label={`Click-through rate of ${of} ${spanText(filter)}`}
        times={series.times}
        theme={theme}
        format={formatCtr}
        formatTick={formatShareTick}
        lines={[
          { label: 'Gross', values: series.grossCtr, colour: '--accent' },
          { label: 'Net, settled', values: series.settledCtr, colour: '--net' },
          {
            label: 'Net, provisional',
            values: joined(series.settledCtr, series.provisionalCtr),
            colour: '--net',
            dashed: true,
          },
        ]}
      />
    </Panel>
  );
}
