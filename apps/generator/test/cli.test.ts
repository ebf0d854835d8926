import { clickSchema, impressionSchema } from '@ad-analytics/event-schemas';
import { type Label, resolveSettings } from '@ad-analytics/traffic-model';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const APP = path.resolve(__dirname, '..');
/** Inside the project, because the program looks for the settings relative to its own location. */
const DIST = path.join(APP, 'dist', `test-${process.pid}`);
const BUNDLE = path.join(DIST, 'generator.mjs');
const TIMEOUT_MS = 120_000;

let folder: string;
beforeAll(() => {
  execFileSync(process.execPath, [path.join(APP, 'build.mjs'), BUNDLE]);
}, TIMEOUT_MS);
afterAll(() => rmSync(DIST, { recursive: true, force: true }));
beforeEach(() => (folder = mkdtempSync(path.join(os.tmpdir(), 'generator cli '))));
afterEach(() => rmSync(folder, { recursive: true }));

const run = (...args: string[]) => spawnSync(process.execPath, [BUNDLE, ...args], { encoding: 'utf8', cwd: folder });
const lines = (...file: string[]) =>
  readFileSync(path.join(folder, ...file), 'utf8')
    .trim()
    .split('\n');

describe('generator serve --out-dir', () => {
  const ARGS = ['serve', '--duration', '120', '--rate', '60', '--start', '2026-11-23T10:00:00.000Z', '--seed', '9'];

  it(
    'writes the traffic and its ground truth, identical for the same seed',
    () => {
      const first = run(...ARGS, '--out-dir', 'one', '--labels', 'one/labels.jsonl', '--orphan-share', '0.2');
      expect(first.stderr).toContain('Seed 9');
      expect(first.status).toBe(0);
      const labels = lines('one', 'labels.jsonl').map((line) => JSON.parse(line) as Label);
      const impressions = lines('one', 'impressions.jsonl');
      const clicks = lines('one', 'clicks.jsonl');
      expect(labels).toHaveLength(impressions.length + clicks.length);
      const kinds = {
        impression: { file: impressions, schema: impressionSchema },
        click: { file: clicks, schema: clickSchema },
      };
      for (const [kind, { file, schema }] of Object.entries(kinds)) {
        const own = labels.filter((label) => label.event_kind === kind);
        expect(file.length).toBeGreaterThan(20);
        const wrong = own.filter((label, i) => {
          if (label.anomaly === 'malformed') return false;
          return schema.parse(JSON.parse(file[i]!)).event_time !== label.event_time;
        });
        expect(wrong).toEqual([]);
      }
      expect(new Set(labels.map((label) => label.attack))).toContain('naive_bot');
      expect(first.stdout).toMatch(/Done after .* failed 0\.\nThe traffic contains:\n/);
      const rejected = labels.filter((label) => label.anomaly === 'malformed' && label.event_kind === 'impression');
      const [, total, found] = /^impressions +([\d,]+) +(\d+)/m.exec(first.stdout) ?? [];
      expect([total?.replace(',', ''), found]).toEqual([`${impressions.length}`, `${rejected.length}`]);

      expect(run(...ARGS, '--out-dir', 'two', '--orphan-share', '0.2').status).toBe(0);
      for (const file of ['impressions.jsonl', 'clicks.jsonl'])
        expect(readFileSync(path.join(folder, 'two', file))).toEqual(readFileSync(path.join(folder, 'one', file)));
    },
    TIMEOUT_MS,
  );

  it(
    'has the same defaults as the model',
    () => {
      const help = run('serve', '--help').stdout.replaceAll(/\s+/g, ' ');
      const model = resolveSettings({ seed: 0, startTime: 0 });
      const { shares, lateDelaySeconds: late } = model;
      for (const [option, value] of [
        ['rate', model.rate],
        ['campaigns', model.campaigns],
        ['publishers', model.publishers],
        ['ctr', model.clickThroughRate],
        ['day-curve', model.dayCurveDepth],
        ['late-share', shares.late],
        ['late-delay', `${late.min}-${late.max}`],
        ['out-of-order-share', shares.outOfOrder],
        ['duplicate-share', shares.duplicate],
        ['malformed-share', shares.malformed],
        ['orphan-share', shares.orphanClick],
        ['clock-skew-share', model.clockSkew.share],
        ['clock-skew', model.clockSkew.seconds],
      ])
        expect(help).toMatch(new RegExp(`--${option} [^(]*\\(default: ${value}\\)`));
    },
    TIMEOUT_MS,
  );

  it.each([
    ['an option that is not there', ['serve', '--rates', '1'], /unknown option '--rates'/],
    ['a share above 1', ['serve', '--late-share', '2'], /--late-share.*from 0 to 1/],
    [
      'a clock in files that is too far ahead',
      ['serve', '--out-dir', 'x', '--duration', '1s', '--clock-skew-share', '0.1', '--clock-skew', '90'],
      /files do not store the arrival time/,
    ],
    [
      'a clock skew on the bound',
      ['serve', '--out-dir', 'x', '--duration', '1s', '--clock-skew-share', '0.1', '--clock-skew', '-5'],
      /clockSkew\.seconds: must differ by at least 1 s from/,
    ],
    ['an unknown attack', ['serve', '--attacks', 'nice_bot'], /"nice_bot" must be one of: none, all, naive_bot/],
    ['files without an end', ['serve', '--out-dir', 'x'], /--out-dir needs --duration/],
    ['two targets', ['serve', '--out-dir', 'x', '--aws'], /cannot be used with/],
    [
      'a start of live traffic',
      ['serve', '--endpoint', 'http://127.0.0.1:1', '--start', '2026-11-23T10:00:00.000Z'],
      /--start needs --out-dir/,
    ],
    [
      'no running emulator',
      ['serve', '--endpoint', 'http://127.0.0.1:1'],
      /Cannot write to the stream AdImpressionsStreamInput at http:\/\/127\.0\.0\.1:1: /,
    ],
    [
      'invalid settings',
      ['serve', '--out-dir', 'x', '--duration', '1', '--late-delay', '3'],
      /lateDelaySeconds\.min: must be more/,
    ],
    ['replay without files', ['replay'], /required option '--impressions <file>'/],
  ])(
    'exits with 2 for %s',
    (_, args, message) => {
      const { status, stderr } = run(...args);
      expect(stderr).toMatch(message);
      expect(status).toBe(2);
    },
    TIMEOUT_MS,
  );
});

describe('Ctrl-C', () => {
  it.each([
    ['a run without an end', [], 0],
    ['a run before its end', ['--duration', '1h'], 130],
  ])(
    'ends %s cleanly, with complete lines and a label for each',
    async (_, extra, exitCode) => {
      const args = ['serve', '--out-dir', 'out', '--paced', '--rate', '500', '--labels', 'labels.jsonl', ...extra];
      const child = spawn(process.execPath, [BUNDLE, ...args], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
      let stdout = '';
      let stderr = '';
      child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
      child.stderr.on('data', (chunk: Buffer) => {
        stderr += chunk.toString();
        // The first output is the progress after some seconds.
        if (chunk.toString().includes(' s, sent ')) child.kill('SIGINT');
        // Nx passes on the signal that the terminal has already sent.
        if (chunk.toString().includes('Stopping')) child.kill('SIGINT');
      });
      const [code, signal] = await new Promise<[number | null, string | null]>((resolve) =>
        child.once('close', (...ended) => resolve(ended)),
      );
      expect([code, signal]).toEqual([exitCode, null]);
      expect(stderr).toContain('Stopping (Ctrl-C)');
      const [, impressions, clicks] = /Stopped after .*: ([\d,]+) impressions and ([\d,]+) clicks/.exec(stdout) ?? [];
      expect(lines('out', 'impressions.jsonl')).toHaveLength(Number(impressions?.replace(',', '')));
      const clickLines = readFileSync(path.join(folder, 'out', 'clicks.jsonl'), 'utf8')
        .split('\n')
        .filter(Boolean);
      expect(clickLines).toHaveLength(Number(clicks));
      expect(lines('labels.jsonl')).toHaveLength(lines('out', 'impressions.jsonl').length + clickLines.length);
      for (const line of lines('labels.jsonl')) JSON.parse(line);
    },
    TIMEOUT_MS,
  );
});
