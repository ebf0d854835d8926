import type { FlinkView, QualityView, ShownFilter } from '../../view/view';
import { Counts } from '../counts';
import { DataTable } from '../data-table';
import { formatCount, NONE } from '../format';
import { Panel } from '../panel';

const COLUMNS = [{ name: 'Why' }, { name: 'Impressions', isNumber: true }, { name: 'Clicks', isNumber: true }];

interface LeftOutProps {
  readonly quality: QualityView;
  readonly flink: FlinkView;
  readonly filter: ShownFilter;
}

/** Events that are not part of any figure, and why. */
export function LeftOutPanel({ quality, flink, filter }: LeftOutProps) {
  const duplicates = flink.available ? flink.duplicates : null;
  const rows = [
    { name: 'Late', why: 'behind its shard’s watermark', counts: quality.late },
    { name: 'Rejected', why: 'not a valid event', counts: quality.rejected },
    { name: 'Duplicate', why: 'id seen before; since the job started', counts: duplicates },
  ];
  return (
    <Panel
      name="left-out"
      title="Left out"
      note={`Events that are not part of any figure.${filter.campaign === undefined ? '' : ' Of all campaigns.'}`}
    >
      <DataTable caption="Events that are not part of any figure" hideCaption columns={COLUMNS}>
        {rows.map(({ name, why, counts }) => (
          <tr key={name} data-reason={name.toLowerCase()}>
            <th scope="row">
              {name} <span class="why">{why}</span>
            </th>
            <td class="number">{counts ? formatCount(counts.impressions) : NONE}</td>
            <td class="number">{counts ? formatCount(counts.clicks) : NONE}</td>
          </tr>
        ))}
      </DataTable>
      {duplicates === null ? (
        <p class="note">
          Only the Flink job counts duplicates; its counter is not available.{' '}
          {flink.available ? 'The job does not have this counter yet.' : flink.reason}
        </p>
      ) : null}
      {quality.rejectedReasons.length > 0 ? (
        <>
          <h3>Most common reasons</h3>
          <Counts items={quality.rejectedReasons.map(([name, count]) => ({ name, count }))} />
        </>
      ) : null}
    </Panel>
  );
}
