import type { Ledger } from '@ad-analytics/verify/ledger';
import { type ResultsCheck, checkResults, renderCheck, renderTableCheck, tableAgrees } from './check-results';

const STREAM = { read: 9, rejected: 0, late: 0, lateAfterQuiet: 0, duplicates: 0, accepted: 9 };
const TYPE = { expected: 1_234, found: 1_234, missing: 0, pending: 0, extra: 0, differing: 0, repeated: 0 };
const GOOD: Ledger = {
  agrees: true,
  impressions: STREAM,
  clicks: STREAM,
  types: [{ recordType: 'late_event', ...TYPE, examples: { missing: [], extra: [], differing: [] } }],
  equations: [],
  malformed: { count: 0, examples: [] },
  resultsRead: 1_234,
  notes: ['Taken from the word of the job.'],
};
const text = (check: ResultsCheck) => renderCheck(check).join('\n');

describe('checkResults', () => {
  it('skips a check that would take too long, with the reason', async () => {
    // A skipped check must not access the stack.
    const check = await checkResults({} as Parameters<typeof checkResults>[0], 2_000_001);
    expect(text(check)).toContain('2,000,001 records are in the streams');
    expect(text(check)).not.toContain('as computed');
  });
});

describe('renderCheck', () => {
  it('prints a line per type, the outcome and the notes', () => {
    expect(text({ ledger: GOOD })).toMatch(
      /late_event +1,234 +0 +0 +0\n {2}Every record is as computed\.\n.*word of the job/,
    );
  });

  it('prints the complete ledger if results differ', () => {
    const missing = [{ record_id: 'late_event:x' }];
    const type = {
      recordType: 'late_event',
      ...TYPE,
      missing: 1,
      examples: { missing, extra: [], differing: [] },
    } as const;
    const shown = text({ ledger: { ...GOOD, agrees: false, types: [type] } });
    expect(shown).toMatch(/late_event +1,234 +1 +0 +0 {2}<--/);
    expect(shown).toContain('DOES NOT AGREE');
    expect(shown).toContain('missing late_event: {"record_id":"late_event:x"}');
    expect(shown).not.toContain('as computed.');
  });
});

describe('renderTableCheck', () => {
  const shown = (check: ResultsCheck, deadLetters = 0) => renderTableCheck({ check, deadLetters }).join('\n');
  const extra = [{ record_id: 'late_event:y' }];
  const withExtra: Ledger = {
    ...GOOD,
    agrees: false,
    types: [{ recordType: 'late_event', ...TYPE, extra: 1, examples: { missing: [], extra, differing: [] } }],
  };

  it('prints one line if the table contains the expected results', () => {
    expect(shown({ ledger: GOOD })).toBe(
      '  The serving table holds exactly these 1,234 results: none missing, none extra, none differing.',
    );
    expect(tableAgrees({ check: { ledger: GOOD }, deadLetters: 0 })).toBe(true);
  });

  it('prints unexpected results', () => {
    expect(shown({ ledger: withExtra })).toContain('extra late_event: {"record_id":"late_event:y"}');
    expect(tableAgrees({ check: { ledger: withExtra }, deadLetters: 0 })).toBe(false);
  });

  it('counts dead letters of the sink as a difference', () => {
    expect(shown({ ledger: GOOD }, 2)).toContain("DOES NOT AGREE: 2 results are in the sink's dead-letter queue.");
    expect(tableAgrees({ check: { ledger: GOOD }, deadLetters: 2 })).toBe(false);
  });

  it('prints why a comparison was skipped', () => {
    expect(shown({ skipped: 'too many' })).toBe('  The serving table was not compared: too many.');
  });
});
