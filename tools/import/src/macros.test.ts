import { rmSync, mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Workspace } from './workspace';

const CASES: readonly (readonly [string, string | null])[] = [
  ["filled_in('%%CACHEBUSTER%%')", null],
  ["filled_in('{click_id}')", null],
  ["filled_in('${AUCTION_PRICE}')", null],
  ["filled_in('[TIMESTAMP]')", null],
  ["filled_in('__IP__')", null],
  ["filled_in(' a%20b ')", 'a%20b'],
  ["whole_ip('1.2.3.x')", null],
  ["whole_ip('1.2.3.*')", null],
  ["whole_ip('1.2.3.4:8080')", '1.2.3.4'],
  ["whole_ip('2001:db8::1')", '2001:db8::1'],
  ["country_code('de')", 'DE'],
  ["country_code('UK')", 'GB'],
  ["country_code(' germany')", 'DE'],
  ["country_code('USA')", 'US'],
  ["country_code('Atlantis')", null],
  ["device_class('iPad')", 'tablet'],
  ["device_class('Connected TV')", 'ctv'],
  ["device_class('Smartphone')", 'mobile'],
  ["device_class('PC')", 'desktop'],
  ["device_class('fridge')", 'other'],
  ["url_parameter('https://x.example/a?b=1&c=%F0%9F%98%80+d#e', 'c')", '😀 d'],
  ["url_parameter('c=%ff', 'c')", null],
  ["url_parameter('abc=1', 'c')", null],
  ['time_from_seconds(1763632800)', '2025-11-20 10:00:00+00'],
  ["time_from_seconds('1763632800.5')", '2025-11-20 10:00:00.5+00'],
  ["time_from_milliseconds('1763632800250')", '2025-11-20 10:00:00.25+00'],
  ["time_from_microseconds('soon')", null],
  ["time_from_seconds('9e99')", null],
  ["time_from_text('2025-11-20 18:00:00')", '2025-11-20 10:00:00+00'],
  ["time_from_text('2025-11-20T18:00:00+0800')", '2025-11-20 10:00:00+00'],
  ["time_from_text('2025-11-20')", '2025-11-19 16:00:00+00'],
  ["time_from_form('20251120180000', '%Y%m%d%H%M%S')", '2025-11-20 10:00:00+00'],
  ["micros_from_cpm('2.5')", '2500.0'],
  ["micros_from_dollars('0.0025')", '2500.0'],
];

it('returns what each macro documents, and NULL for unreadable values', async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'macros '));
  try {
    const options = { within: folder, memoryMegabytes: 500, timeZone: 'Asia/Shanghai' };
    const found = await Workspace.use(options, async (workspace) => {
      const list = CASES.map(([expression], index) => `(${expression})::VARCHAR AS v${index}`);
      const [row = {}] = await workspace.rows(`SELECT ${list.join(', ')}`);
      return CASES.map(([expression], index) => [expression, row[`v${index}`]]);
    });
    expect(found).toEqual(CASES);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
