import { gzipSync } from 'node:zlib';
import { table } from '@ad-analytics/import/sample-import';

/** Logs as a team has them, and what the import must find in them. */
export interface OwnLog {
  readonly name: string;
  /** Name of a ready mapping, or the text of one's own. */
  readonly mapping: string;
  /** Contents by file name. */
  readonly files: Readonly<Record<string, string | Buffer>>;
  readonly impressions: number;
  readonly clicks: number;
  /** A campaign that the page must name. */
  readonly campaign: string;
}

const range = (length: number) => Array.from({ length }, (_, index) => index);
const twoDigits = (value: number) => String(value).padStart(2, '0');

/** iPinYou's form: two tables with tabs and without names, Beijing's time, masked addresses, by user and not by time. */
function ipinyou(): OwnLog {
  const row = (visit: number, type: 1 | 2) => {
    const time = `201306120${Math.floor(visit / 10)}${twoDigits((visit * 7) % 60)}${twoDigits(type * 9)}000`;
    const bid = [`bid${visit}`, time, type, `u${visit % 6}`, 'Mozilla/5.0 (Windows NT 6.1)', '118.81.189.*', 15, 16, 2];
    const slot = [`site${visit % 4}`, 'b5e1c2', 'null', 'mm_10', 300, 250, 'FirstView', 'Na', 0];
    return [...bid, ...slot, 'e1af08', 300, 123, 'null', 2259, '10063'];
  };
  const visits = range(40).sort((a, b) => (a % 6) - (b % 6));
  const clicked = visits.filter((visit) => visit % 5 === 0);
  return {
    name: 'logs like iPinYou, two tables',
    mapping: 'ipinyou',
    files: {
      'imp.20130612.txt': table(
        visits.map((visit) => row(visit, 1)),
        '\t',
      ),
      'clk.20130612.txt': table(
        clicked.map((visit) => row(visit, 2)),
        '\t',
      ),
    },
    impressions: visits.length,
    clicks: clicked.length,
    campaign: '2259',
  };
}

/** Avazu's form: one packed table, a column that says whether there was a click, times of full hours. */
function avazu(): OwnLog {
  const names = [
    'id',
    'click',
    'hour',
    'C1',
    'banner_pos',
    'site_id',
    'site_domain',
    'site_category',
    'app_id',
    'app_domain',
  ];
  const more = ['app_category', 'device_id', 'device_ip', 'device_model', 'device_type', 'device_conn_type'];
  const hashed = ['C14', 'C15', 'C16', 'C17', 'C18', 'C19', 'C20', 'C21'];
  const clicked = (k: number) => (k % 6 === 2 ? 1 : 0);
  const row = (k: number) => {
    const site = [
      `${1e18 + k * 4096}`,
      clicked(k),
      `141021${twoDigits(k % 3)}`,
      1005,
      0,
      `5ee${k % 3}`,
      'f3845767',
      '28905ebd',
    ];
    const device = ['ecad2386', '7801e8d9', '07d7df22', `d${k % 9}`, 'ddd2926e', '44956a24', 1, 2];
    return [...site, ...device, 15706, 320, 50, 1722, 0, 35, -1, 79];
  };
  const rows = range(36);
  return {
    name: 'a packed log like Avazu',
    mapping: 'avazu',
    files: { 'train.gz': gzipSync(table([[...names, ...more, ...hashed], ...rows.map(row)], ',')) },
    impressions: rows.length,
    clicks: rows.filter((k) => clicked(k) === 1).length,
    campaign: '1722',
  };
}

/** One CSV of one's own: a byte-order mark, semicolons, seconds since the epoch, a label, Windows line ends. */
function oneCsv(): OwnLog {
  const rows = range(30);
  const clicked = (k: number) => k % 7 === 3;
  const lines = rows.map((k) =>
    [1_750_000_000 - 13 * k, `visitor ${k % 8}`, 'spring "sale"', `a${k % 3}`, 'news', clicked(k)].join(';'),
  );
  return {
    name: 'one CSV with a label',
    mapping: `-- @format csv
SELECT time_from_seconds(ts) AS event_time, visitor AS user_id, campaign AS campaign_id, creative AS ad_id, site AS publisher_id,
  clicked, source AS source_row
FROM source`,
    files: { 'export.csv': `\ufeffts;visitor;campaign;creative;site;clicked\r\n${lines.join('\r\n')}\r\n` },
    impressions: rows.length,
    clicks: rows.filter(clicked).length,
    campaign: 'spring "sale"',
  };
}

/** @returns every log */
export function ownLogs(): OwnLog[] {
  return [ipinyou(), avazu(), oneCsv()];
}
