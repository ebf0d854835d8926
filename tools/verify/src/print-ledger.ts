import { printable } from '@ad-analytics/command-line/printable';
import { grouped } from '@ad-analytics/command-line/progress';
import { type Example, type Ledger, type StreamLedger, type TypeLedger, typeAgrees } from './ledger';

const MAX_VALUE_LENGTH = 120;

/** @returns the ledger as text: the counts of both streams, a line per type, the equations, examples of differences, and the outcome */
export function printLedger(ledger: Ledger): string[] {
  const { count, examples } = ledger.malformed;
  const broken = ledger.equations.filter(({ holds }) => !holds);
  return [
    ...['Input        read  =  rejected + late + duplicates + accepted'],
    streamLine('impressions', ledger.impressions),
    streamLine('clicks', ledger.clicks),
    '',
    ...typeTable(ledger.types),
    '',
    `Sums that hold: ${ledger.equations.length - broken.length} of ${ledger.equations.length}`,
    ...broken.map(({ name, left, right }) => `  DOES NOT HOLD  ${name}: ${grouped(left)} is not ${grouped(right)}`),
    ...ledger.types.flatMap(exampleLines).map(printable),
    ...(count > 0 ? [`Records that do not fit the contract: ${grouped(count)}`] : []),
    ...examples.map(({ record, problem }) => `  ${printable(problem)}\n    ${printable(record)}`),
    ...ledger.notes.map((note) => `Note: ${note}`),
    '',
    ledger.agrees
      ? `AGREES: ${grouped(ledger.resultsRead)} delivered records, as computed from the input.`
      : 'DOES NOT AGREE: see above.',
  ];
}

function streamLine(name: string, stream: StreamLedger): string {
  const { read, rejected, late, lateAfterQuiet, duplicates, accepted } = stream;
  const quiet = lateAfterQuiet > 0 ? `   (${grouped(lateAfterQuiet)} of the late events after an idle period)` : '';
  const sum = [rejected, late, duplicates, accepted].map(grouped).join(' + ');
  return `${name.padEnd(12)} ${grouped(read)} = ${sum}${quiet}`;
}

function typeTable(types: readonly TypeLedger[]): string[] {
  const columns = ['expected', 'found', 'missing', 'extra', 'differing', 'repeated', 'pending'] as const;
  const row = (name: string, cells: readonly string[]) =>
    `${name.padEnd(20)}${cells.map((cell) => cell.padStart(12)).join('')}`;
  return [
    row('Results', columns),
    ...types.map(
      (type) =>
        row(
          type.recordType,
          columns.map((column) => grouped(type[column])),
        ) + (typeAgrees(type) ? '' : '  <--'),
    ),
  ];
}

function exampleLines({ recordType, examples }: TypeLedger): string[] {
  return [
    ...examples.missing.map((record) => `missing ${recordType}: ${shortRecord(record)}`),
    ...examples.extra.map((record) => `extra ${recordType}: ${shortRecord(record)}`),
    ...examples.differing.map(({ expected, found }) => differingLine(recordType, expected, found)),
  ];
}

/** Only the differing fields, with expected and found values. */
function differingLine(recordType: string, expected: Example, found: Example): string {
  const fields = Object.keys(expected).filter(
    (name) => name in found && JSON.stringify(expected[name]) !== JSON.stringify(found[name]),
  );
  const parts = fields.map((name) => `${name}: expected ${short(expected[name])}, found ${short(found[name])}`);
  if (found['only_these_fields'] === false) parts.push('its fields are not exactly those of the contract');
  return `differing ${recordType} ${String(expected['record_id'])}: ${parts.join('; ')}`;
}

/** @returns the record as JSON with cut values, because a rejected record contains up to 64 KiB */
function shortRecord(record: Example): string {
  return `{${Object.entries(record)
    .map(([name, value]) => `${JSON.stringify(name)}:${short(value)}`)
    .join(',')}}`;
}

function short(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length <= MAX_VALUE_LENGTH
    ? text
    : `${text.slice(0, MAX_VALUE_LENGTH)}... (${grouped(text.length)} characters)`;
}
