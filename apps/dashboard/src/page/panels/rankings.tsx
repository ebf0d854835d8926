import type { Dimension } from '@ad-analytics/event-schemas';
import { useState } from 'preact/hooks';
import type { RankedView, RankingView, ShownFilter } from '../../view/view';
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
  readonly filter: Pick<ShownFilter, 'campaign'>;
  /** Undefined without a filter. */
  readonly onCampaign?: (campaign: string | undefined) => void;
  /** Show only this dimension, without a selector. */
  readonly only?: Dimension;
}

function Row({
  row,
  most,
  filter,
  onCampaign,
}: { row: RankedView; most: number } & Omit<RankingsProps, 'rankings' | 'only'>) {
  const chosen = row.net !== null && filter.campaign === row.key;
  return (
    <tr class={chosen ? 'is-chosen' : ''}>
      <th scope="row" class="key">
        {row.net === null || onCampaign === undefined ? (
          <OutsideText text={row.key} />
        ) : (
          <button
            type="button"
            class="link"
            aria-pressed={chosen}
            onClick={() => onCampaign(chosen ? undefined : row.key)}
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

/**
 * @param name of the ranked items, in the plural
 * @param campaigns whether the items are campaigns, which have more columns
 * @param trend whether to show the trend
 */
function columnsOf(name: string, campaigns: boolean, trend: boolean): Column[] {
  const number = (column: string): Column => ({ name: column, isNumber: true });
  return [
    { name: name.replace(/ies$/, 'y').replace(/s$/, '') },
    ...[number('Impressions'), number('Clicks'), number(campaigns ? 'Gross CTR' : 'CTR')],
    ...(campaigns ? [number('Net CTR'), ...(trend ? [{ name: 'CTR trend' }] : [])] : []),
    number('Spend'),
  ];
}

/** The keys with the most impressions, for each dimension. */
export function RankingsPanel({ rankings, filter, onCampaign, only }: RankingsProps) {
  const [chosen, setDimension] = useState<Dimension>('campaign');
  const dimension = only ?? chosen;
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
      ' For all campaigns: these results are not grouped by campaign.'
    );
  return (
    <Panel
      name={only === undefined ? 'rankings' : `rankings-${only}`}
      title={only === undefined ? 'Top by impressions' : `Top ${name.toLowerCase()} by impressions`}
      aside={
        only === undefined && (
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
        )
      }
      note={
        <>
          {`${rows.length} of ${formatCount(keys)}.`}
          {campaigns && onCampaign ? ' Choose a campaign to filter by it; net CTR in grey is provisional.' : null}
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
            columns={columnsOf(name, campaigns, rows[0]?.trend !== null)}
          >
            {rows.map((row) => (
              <Row
                key={row.key}
                row={row}
                most={rows[0]?.impressions ?? 0}
                filter={filter}
                {...(onCampaign ? { onCampaign } : {})}
              />
            ))}
          </DataTable>
        </Scrollable>
      )}
    </Panel>
  );
}
