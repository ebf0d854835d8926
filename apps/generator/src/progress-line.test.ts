import { progressText } from './progress-line';

const COUNTS = { sent: { impressions: 12_345, clicks: 67 }, failed: 2, waiting: 9, retried: 1 };

describe('progressText', () => {
  it('shows the sent, retried and failed records, and the rate', () => {
    expect(progressText(COUNTS, 61_400, 204.6, 0)).toBe(
      '61 s, sent 12,345 impressions, 67 clicks (205/s), retried 1, failed 2',
    );
  });

  it('shows a delay', () => {
    expect(progressText(COUNTS, 61_400, 204.6, 12_000)).toMatch(/, 12 s behind$/);
    expect(progressText(COUNTS, 61_400, 204.6, 1_000)).not.toMatch(/behind/);
  });
});
