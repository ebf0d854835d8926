import type { EngagementView, ShownFilter } from '../../view/view';
import { Bar } from '../bar';
import { DataTable, Scrollable } from '../data-table';
import { formatCount, formatShare, formatTime } from '../format';
import { OutsideText } from '../outside-text';
import { Nothing, Panel } from '../panel';

const HISTOGRAM_COLUMNS = [{ name: 'Score' }, { name: 'Bar' }, { name: 'Users' }, { name: 'Share' }];
const USER_COLUMNS = [
  { name: 'User' },
  ...['Score', 'Impressions', 'Clicks', 'Campaigns'].map((name) => ({ name, isNumber: true })),
];

interface EngagementProps {
  readonly engagement: EngagementView | null;
  readonly filter: ShownFilter;
}

/** User engagement: the distribution of the scores, and the most engaged users. */
export function EngagementPanel({ engagement, filter }: EngagementProps) {
  const scope = filter.campaign === undefined ? '' : ' Of all campaigns.';
  if (!engagement) {
    return (
      <Panel name="engagement" title="User engagement">
        <Nothing>No complete window of scores in this range.</Nothing>
      </Panel>
    );
  }
  const { users, histogram, top, complete, windowStart, windowEnd } = engagement;
  const most = Math.max(1, ...histogram);
  const of = complete ? `${formatCount(users)} users` : `The ${formatCount(users)} users with the highest scores`;
  return (
    <Panel
      name="engagement"
      title="User engagement"
      note={`${of} active from ${formatTime(windowStart)} to ${formatTime(windowEnd)}, scored 0 to 100.${scope}`}
    >
      <div class="two-columns">
        <DataTable caption="Users by score" hideHead kind="histogram" columns={HISTOGRAM_COLUMNS}>
          {histogram.map((count, bin) => (
            <tr key={bin}>
              <th scope="row">
                {bin * 10}–{bin * 10 + 10}
              </th>
              <td class="histogram-bar">
                <Bar share={count / most} />
              </td>
              <td class="number">{formatCount(count)}</td>
              <td class="share">{formatShare(users > 0 ? count / users : null)}</td>
            </tr>
          ))}
        </DataTable>
        <Scrollable label="Top users">
          <DataTable caption="Top users" columns={USER_COLUMNS}>
            {top.map((user) => (
              <tr key={user.userId}>
                <th scope="row" class="key">
                  <OutsideText text={user.userId} mono />
                </th>
                <td class="number">{user.score.toFixed(1)}</td>
                <td class="number">{formatCount(user.impressions)}</td>
                <td class="number">{formatCount(user.clicks)}</td>
                <td class="number">{formatCount(user.campaigns)}</td>
              </tr>
            ))}
          </DataTable>
        </Scrollable>
      </div>
    </Panel>
  );
}
