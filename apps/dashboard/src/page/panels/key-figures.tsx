import type { FunnelView, TotalsView } from '../../view/view';
import { formatBigCount, formatCost, formatCtr, formatMinute, formatShare } from '../format';

interface FigureProps {
  readonly name: string;
  readonly value: string;
  readonly note: string;
}

function Figure({ name, value, note }: FigureProps) {
  return (
    <div class="figure">
      <dt>{name}</dt>
      <dd class="figure-value">{value}</dd>
      <dd class="figure-note">{note}</dd>
    </div>
  );
}

interface KeyFiguresProps {
  readonly totals: TotalsView;
  readonly funnel: FunnelView;
}

/** The most important figures of the range. */
export function KeyFigures({ totals, funnel }: KeyFiguresProps) {
  const invalid = funnel.attributed - funnel.valid;
  return (
    <section class="key-figures" aria-labelledby="key-figures-title">
      <h2 id="key-figures-title" class="visually-hidden">
        Key figures
      </h2>
      <dl>
        <Figure
          name="Impressions"
          value={formatBigCount(totals.impressions)}
          note={`${formatMinute(totals.from)} – ${formatMinute(totals.to)}`}
        />
        <Figure name="Clicks" value={formatBigCount(totals.clicks)} note="accepted, valid or not" />
        <Figure name="Gross CTR" value={formatCtr(totals.ctr)} note="clicks / impressions" />
        <Figure
          name="Net CTR"
          value={formatCtr(totals.net.ctr)}
          note={totals.net.settled ? 'valid clicks, settled' : 'valid clicks, provisional'}
        />
        <Figure
          name="Invalid clicks"
          value={formatShare(funnel.attributed > 0 ? invalid / funnel.attributed : null)}
          note={`${formatBigCount(invalid)} of ${formatBigCount(funnel.attributed)} attributed`}
        />
        <Figure name="Spend" value={formatCost(totals.costMicros)} note="paid for impressions" />
      </dl>
    </section>
  );
}
