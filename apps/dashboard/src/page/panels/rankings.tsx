import type { Dimension } from '@ad-analytics/event-schemas';
import { useState } from 'preact/hooks';
import type { RankedView, RankingView, ViewFilter } from '../../view/view';
import { Bar } from '../bar';
import { DataTable, Scrollable, type Column } from '../data-table';
import { formatCost, formatCount, formatCtr } from '../format';
import { OutsideText } from '../outside-text';
import { Nothing, Panel } from '../panel';
import { Sparkline } from '../sparkline';

const TABS: readonly { readonly dimension: Dimension; readonly name: string }[] = [
  { dimension: 'campaign', name: 'Campaigns' },
  { dimension: 'publisher', name: 'Publishers' },
  { dimension: 'ad', name: 'Ads' },
  { dimension: 'device_type', name: 'Devices' },
  { dimension: 'country', name: 'Countries' },
];

interface RankingsProps {
  readonly rankings: Readonly<Record<Dimension, RankingView>>;
  readonly filter: ViewFilter;
  readonly onFilter: (filter: ViewFilter) => void;
}

function Row({ row, most, filter, onFilter }: { row: RankedView; most: number } & Omit<RankingsProps, 'rankings'>) {
  const chosen = row.net !== null && filter.campaign === row.key;
  return (
    <tr class={chosen ? 'is-chosen' : ''}>
      <th scope="row" class="key">
        {row.net === null ? (
          <OutsideText text={row.key} />
        ) : (
          <button
            type="button"
            class="link"
            aria-pressed={chosen}
            onClick={() => onFilter({ ...filter, campaign: chosen ? undefined : row.key })}
          >
            <OutsideText text={row.key} />
          </button>
        )}
        <Bar share={row.impressions / Math.max(1, most)} kind="quiet" />
      </th>
      <td class="number">{formatCount(row.impressions)}</td>
      <td class="number">{formatCount(row.clicks)}</td>
      <td class="number">{formatCtr(row.ctr)}</td>
      {row.net === null ? null : (
        <td class={`number ${row.net.settled ? '' : 'is-provisional'}`}>
          {formatCtr(row.net.ctr)}
          {row.net.settled ? null : <span class="visually-hidden"> provisional</span>}
        </td>
      )}
      {row.trend === null ? null : (
        <td class="trend">
          <Sparkline values={row.trend} />
        </td>
      )}
      <td class="number">{formatCost(row.costMicros)}</td>
    </tr>
  );
}

/** @param name of what is ranked, in the plural @param campaigns whether that is campaigns, of which more is known */
function columnsOf(name: string, campaigns: boolean): Column[] {
  const number = (column: string): Column => ({ name: column, isNumber: true });
  return [
    { name: name.replace(/ies$/, 'y').replace(/s$/, '') },
    ...[number('Impressions'), number('Clicks'), number(campaigns ? 'Gross CTR' : 'CTR')],
    ...(campaigns ? [number('Net CTR'), { name: 'CTR trend' }] : []),
    number('Spend'),
  ];
}

/** Who has the most impressions, by each dimension. */
export function RankingsPanel({ rankings, filter, onFilter }: RankingsProps) {
  const [dimension, setDimension] = useState<Dimension>('campaign');
  const { rows, keys, filtered } = rankings[dimension];
  const name = TABS.find((tab) => tab.dimension === dimension)?.name ?? '';
  const campaigns = dimension === 'campaign';
  const scope =
    filter.campaign === undefined || campaigns ? null : filtered ? (
      <>
        {' Ads of '}
        <OutsideText text={filter.campaign} /> that were clicked.
      </>
    ) : (
      ' Of all campaigns: the results do not tell these by campaign.'
    );
  return (
    <Panel
      name="rankings"
      title="Top by impressions"
      aside={
        <div class="tabs" role="group" aria-label="Ranking of">
          {TABS.map((tab) => (
            <button
              key={tab.dimension}
              type="button"
              aria-pressed={tab.dimension === dimension}
              onClick={() => setDimension(tab.dimension)}
            >
              {tab.name}
            </button>
          ))}
        </div>
      }
      note={
        <>
          {`${rows.length} of ${formatCount(keys)}.`}
          {campaigns ? ' Choose a campaign to filter by it; net CTR in grey is provisional.' : null}
          {scope}
        </>
      }
    >
      {rows.length === 0 ? (
        <Nothing>Nothing in this range.</Nothing>
      ) : (
        <Scrollable label={`Top ${name.toLowerCase()}`}>
          <DataTable
            caption={`Top ${name.toLowerCase()} by impressions`}
            hideCaption
            columns={columnsOf(name, campaigns)}
          >
            {rows.map((row) => (
              <Row key={row.key} row={row} most={rows[0]?.impressions ?? 0} filter={filter} onFilter={onFilter} />
            ))}
          </DataTable>
        </Scrollable>
      )}
    </Panel>
  );
}
