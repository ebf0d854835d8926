import { type DemoView, renderDemo } from './render';

const campaign = (name: string) => ({
  campaign: name,
  impressions: 12345,
  clicks: 100,
  ctr: 0.0081,
  lastWindowCtr: null,
  attributed: 90,
});
const view: DemoView = {
  elapsedSeconds: 31.7,
  totalSeconds: 60,
  impressionsRead: 8412,
  impressionsPerSecond: 199.6,
  clicksRead: 512,
  clicksPerSecond: 12,
  results: 3021,
  resultsPerSecond: 71,
  attributed: 431,
  unattributed: 9,
  rejected: 41,
  late: 38,
  duplicates: undefined,
  clickDelayMs: 6230,
  windowDelayMs: undefined,
  latestWindowEnd: '2026-11-24T10:00:20.000Z',
  campaigns: [campaign('c1'), campaign('c2')],
  notices: [],
};
const large = { rows: 50, columns: 200 };

describe('renderDemo', () => {
  it('keeps a campaign on its line, and escapes control characters in its name', () => {
    const lines = renderDemo({ ...view, campaigns: [campaign('a\n\u001b[2J')] }, large);
    expect(lines.at(-1)).toContain('a\\u000a\\u001b[2J');
  });

  it('shows inputs, results and the table', () => {
    const text = renderDemo(view, large).join('\n');
    for (const part of [
      '31 s, of 60 s',
      '8,412 impressions (200/s)',
      '431 attributed',
      '41 rejected',
      '38 late',
      '6.2 s after the click',
    ]) {
      expect(text).toContain(part);
    }
    expect(text).toMatch(/campaign .* CTR .* to 10:00:20 UTC\n {2}c1 +12,345 +100 +0\.81 % +- +90\n/);
  });

  it('says that figures are missing until a window closes', () => {
    expect(renderDemo({ ...view, campaigns: [] }, large).join('\n')).toContain('no window has closed yet');
  });

  it('shows notices', () => {
    expect(renderDemo({ ...view, notices: ['the job was restarted'] }, large)).toContain('  ! the job was restarted');
  });

  it('always shows the address of the page', () => {
    const lines = renderDemo({ ...view, page: 'http://127.0.0.1:8090/' }, large);
    expect(lines).toContain('  on a page         http://127.0.0.1:8090/');
  });

  it('fits the terminal', () => {
    const many = { ...view, campaigns: Array.from({ length: 100 }, (_, i) => campaign(`c${i}`)) };
    const lines = renderDemo(many, { rows: 24, columns: 60 });
    expect(lines.length).toBeLessThan(24);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(60);
    expect(lines.at(-1)).toMatch(/and \d+ more campaigns/);
  });
});
