import type { FunnelView, ViewFilter } from '../../view/view';
import { Bar } from '../bar';
import { formatCount, formatShare } from '../format';
import { Nothing, Panel } from '../panel';
import { INVALID_REASON_NAMES } from '../rules';

/** @returns the part of the whole; null where there is nothing to divide by */
const shareOf = (part: number, whole: number) => (whole > 0 ? part / whole : null);

/** What becomes of impressions and clicks. */
export function FunnelPanel({ funnel, filter }: { readonly funnel: FunnelView; readonly filter: ViewFilter }) {
  const { impressions, clicks, attributed, valid, unattributed, invalidReasons } = funnel;
  // Impressions outnumber clicks by far: the bars are of the clicks, or none could be seen.
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
      note={`${filter.campaign ?? 'All campaigns'}. A click is attributed when its impression was seen before it, within the attribution window.`}
    >
      <table class="funnel">
        <caption class="visually-hidden">Attribution funnel: impressions, clicks, attributed and valid clicks</caption>
        <thead class="visually-hidden">
          <tr>
            <th scope="col">Step</th>
            <th scope="col">Bar</th>
            <th scope="col">Number</th>
            <th scope="col">Share</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, value, of, share, bar }, index) => (
            <tr key={name} data-step={name.toLowerCase()}>
              <th scope="row">{name}</th>
              <td class="funnel-bar">
                <Bar
                  share={index === 0 ? 1 : (bar ?? 0)}
                  kind={index === 0 ? 'quiet' : index === 3 ? 'net' : 'accent'}
                />
              </td>
              <td class="number" data-figure>
                {formatCount(value)}
              </td>
              <td class="share">
                {index === 0 ? '' : formatShare(share)} {of}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <h3>Clicks that do not count</h3>
      {invalidReasons.length === 0 && unattributed === 0 ? (
        <Nothing>None in this range.</Nothing>
      ) : (
        <ul class="counts">
          <li data-step="unattributed">
            <span>No impression found</span> <b data-figure>{formatCount(unattributed)}</b>
          </li>
          {invalidReasons.map(([reason, count]) => (
            <li key={reason}>
              <span>{INVALID_REASON_NAMES[reason]}</span> <b>{formatCount(count)}</b>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
