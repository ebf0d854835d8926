import type { FunnelView, ShownFilter } from '../../view/view';
import { Bar } from '../bar';
import { Counts } from '../counts';
import { DataTable } from '../data-table';
import { formatCount, formatShare } from '../format';
import { CampaignName } from '../outside-text';
import { Nothing, Panel } from '../panel';
import { INVALID_REASON_NAMES } from '../rules';

const COLUMNS = ['Step', 'Bar', 'Number', 'Share'].map((name) => ({ name }));

/** @returns the part of the whole; null if the divisor is 0 */
const shareOf = (part: number, whole: number) => (whole > 0 ? part / whole : null);

/** The outcome of impressions and clicks. */
export function FunnelPanel({ funnel, filter }: { readonly funnel: FunnelView; readonly filter: ShownFilter }) {
  const { impressions, clicks, attributed, valid, unattributed, invalidReasons } = funnel;
  // Impressions far outnumber clicks, so the bars are relative to the clicks; otherwise they would be invisible.
  const rows = [
    { name: 'Impressions', value: impressions, of: '', share: null, bar: 1 },
    { name: 'Clicks', value: clicks, of: 'of impressions', share: shareOf(clicks, impressions), bar: 1 },
    {
      name: 'Attributed',
      value: attributed,
      of: 'of clicks',
      share: shareOf(attributed, clicks),
      bar: shareOf(attributed, clicks),
    },
    { name: 'Valid', value: valid, of: 'of clicks', share: shareOf(valid, clicks), bar: shareOf(valid, clicks) },
  ];
  return (
    <Panel
      name="funnel"
      title="Attribution funnel"
      note={
        <>
          <CampaignName campaign={filter.campaign} all="All campaigns" />. A click is attributed when its impression was
          seen before it, within the attribution window.
        </>
      }
    >
      <DataTable
        caption="Attribution funnel: impressions, clicks, attributed and valid clicks"
        hideCaption
        hideHead
        kind="funnel"
        columns={COLUMNS}
      >
        {rows.map(({ name, value, of, share, bar }, index) => (
          <tr key={name} data-step={name.toLowerCase()}>
            <th scope="row">{name}</th>
            <td class="funnel-bar">
              <Bar share={index === 0 ? 1 : (bar ?? 0)} kind={index === 0 ? 'quiet' : index === 3 ? 'net' : 'accent'} />
            </td>
            <td class="number" data-figure>
              {formatCount(value)}
            </td>
            <td class="share">
              {index === 0 ? '' : formatShare(share)} {of}
            </td>
          </tr>
        ))}
      </DataTable>
      <h3>Clicks that do not count</h3>
      {invalidReasons.length === 0 && unattributed === 0 ? (
        <Nothing>None in this range.</Nothing>
      ) : (
        <Counts
          items={[
            { name: 'No impression found', count: unattributed, step: 'unattributed' },
            ...invalidReasons.map(([reason, count]) => ({ name: INVALID_REASON_NAMES[reason], count })),
          ]}
        />
      )}
    </Panel>
  );
}
