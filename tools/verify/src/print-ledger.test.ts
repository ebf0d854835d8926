import type { Ledger } from './ledger';
import { printLedger } from './print-ledger';

const STREAM = { read: 1_000, rejected: 1, late: 2, lateAfterQuiet: 0, duplicates: 3, accepted: 994 };
const TYPE = { expected: 5, found: 5, missing: 0, pending: 0, extra: 0, differing: 0, repeated: 0 };
const NONE = { missing: [], extra: [], differing: [] };
const GOOD: Ledger = {
  agrees: true,
  impressions: STREAM,
  clicks: { ...STREAM, lateAfterQuiet: 2 },
  types: [{ recordType: 'late_event', ...TYPE, examples: NONE }],
  equations: [{ name: 'a sum', left: 1, right: 1, holds: true }],
  malformed: { count: 0, examples: [] },
  resultsRead: 12_345,
  notes: ['Something was not checked.'],
};
const print = (ledger: Partial<Ledger>) => printLedger({ ...GOOD, ...ledger }).join('\n');

describe('printLedger', () => {
  it('prints the ledger, the outcome and what was not checked', () => {
    const text = print({});
    expect(text).toContain('impressions  1,000 = 1 + 2 + 3 + 994\n');
    expect(text).toContain('(2 of the late events after an idle period)');
    expect(text).toMatch(/late_event +5 +5 +0 +0 +0 +0 +0\n/);
    expect(text).toContain('Note: Something was not checked.');
    expect(text).toContain('AGREES: 12,345 delivered');
    expect(text).not.toContain('NOT HOLD');
  });

  it('prints only the differing fields of a differing record', () => {
    const differing = [
      { expected: { record_id: 'x', a: 1, b: 2 }, found: { record_id: 'x', a: 1, b: 'z'.repeat(500) } },
    ];
    const type = { recordType: 'late_event' as const, ...TYPE, differing: 1, examples: { ...NONE, differing } };
    const text = print({ agrees: false, types: [type] });
    expect(text).toMatch(/differing late_event x: b: expected 2, found "z+\.\.\. \(502 characters\)\n/);
    expect(text).not.toContain('a: expected');
    expect(text).toContain('<--');
    expect(text).toContain('DOES NOT AGREE');
  });

  it('keeps an example on its line for any text from outside', () => {
    const id = 'late_event:\u202ea\u001b[31m\n';
    const record = { record_id: id, source: 'click' };
    const differing = [{ expected: record, found: { ...record, source: '\u2028' } }];
    const examples = { missing: [record], extra: [record], differing };
    const type = { recordType: 'late_event' as const, ...TYPE, missing: 1, extra: 1, differing: 1, examples };
    const malformed = { count: 1, examples: [{ record: id, problem: id }] };
    expect(print({ agrees: false, types: [type], malformed })).not.toMatch(/[\p{Bidi_Control}\p{Zl}]|(?!\n)\p{Cc}/u);
    expect(printLedger({ ...GOOD, types: [type], malformed }).filter((line) => line.includes('\\u001b'))).toHaveLength(
      4,
    );
  });

  it('cuts long values of a missing or an extra record, and prints their length', () => {
    const record = { record_id: 'x', source: 'click', raw: 'A'.repeat(65_536) };
    const examples = { ...NONE, missing: [record], extra: [record] };
    const type = { recordType: 'rejected_event' as const, ...TYPE, missing: 1, extra: 1, examples };
    const lines = print({ agrees: false, types: [type] }).split('\n');
    const shown = lines.filter((line) => /^(missing|extra) /.test(line));
    expect(shown).toHaveLength(2);
    for (const line of shown)
      expect(line).toMatch(
        /^\w+ rejected_event: \{"record_id":"x","source":"click","raw":"A{119}\.\.\. \(65,538 characters\)\}$/,
      );
  });

  it('prints false equations and malformed records', () => {
    const text = print({
      agrees: false,
      equations: [{ name: 'a sum', left: 1, right: 2, holds: false }],
      malformed: { count: 1, examples: [{ record: '{}', problem: 'record_type: absent' }] },
    });
    expect(text).toContain('DOES NOT HOLD  a sum: 1 is not 2');
    expect(text).toContain('record_type: absent\n    {}');
  });
});
