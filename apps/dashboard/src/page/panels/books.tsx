import type { Books } from '../../report/report-data';
import { DataTable } from '../data-table';
import { formatCount } from '../format';
import { OutsideLines } from '../outside-lines';
import { Panel } from '../panel';

const STEPS = ['read', 'rejected', 'late', 'duplicates', 'accepted'] as const;
const COLUMNS = [{ name: 'Records' }, { name: 'Impressions', isNumber: true }, { name: 'Clicks', isNumber: true }];

/** The ledger of a run, which accounts for every record that was read. */
export function BooksPanel({ books }: { readonly books: Books }) {
  const { impression, click, attributed, unattributed, problems, leftOut } = books;
  return (
    <Panel
      name="books"
      title="Ledger"
      note={`Accepted clicks: ${formatCount(attributed)} attributed, ${formatCount(unattributed)} unattributed.`}
    >
      <DataTable caption="Outcome of the records" hideCaption columns={COLUMNS}>
        {STEPS.map((step) => (
          <tr key={step} data-books={step}>
            <th scope="row">{step.charAt(0).toUpperCase() + step.slice(1)}</th>
            <td class="number">{formatCount(impression[step])}</td>
            <td class="number">{formatCount(click[step])}</td>
          </tr>
        ))}
      </DataTable>
      {problems.length === 0 ? (
        <p class="note">The books balance: every record that was read is in one of the other lines.</p>
      ) : (
        problems.map((problem) => (
          <p key={problem} class="note">
            DOES NOT AGREE: {problem}
          </p>
        ))
      )}
      <OutsideLines title="Records that do not count, and why" lines={leftOut} />
    </Panel>
  );
}
