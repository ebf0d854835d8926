import type { Verdict } from '../../report/report-data';
import { DataTable, Scrollable } from '../data-table';
import { formatCount } from '../format';
import { OutsideLines } from '../outside-lines';
import { Panel } from '../panel';

const FIGURES = ['expected', 'found', 'missing', 'extra', 'differing'] as const;
const COLUMNS = [
  { name: 'Record type' },
  ...FIGURES.map((name) => ({ name: name.charAt(0).toUpperCase() + name.slice(1), isNumber: true })),
];

/** The comparison of the results with an independent computation, record by record. */
export function VerdictPanel({ verdict: { agrees, types, lines } }: { readonly verdict: Verdict }) {
  return (
    <Panel
      name="verdict"
      title="Checked"
      note={
        agrees
          ? 'The results agree: every record equals that of an independent computation from the input.'
          : 'THE RESULTS DO NOT AGREE with an independent computation from the input.'
      }
    >
      <Scrollable label="Records by type">
        <DataTable caption="Records by type" hideCaption columns={COLUMNS}>
          {types.map((type) => (
            <tr key={type.recordType} data-checked={type.recordType}>
              <th scope="row">{type.recordType}</th>
              {FIGURES.map((name) => (
                <td key={name} class="number">
                  {formatCount(type[name])}
                </td>
              ))}
            </tr>
          ))}
        </DataTable>
      </Scrollable>
      <OutsideLines title="Differences" lines={agrees ? [] : lines} />
    </Panel>
  );
}
