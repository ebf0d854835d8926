import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { sampleEnvironment } from '../../../test/sample-environment';
import { synthesisedPipeline } from '../../../test/sample-pipeline';
import { counterAlarms } from './counter-alarms';

const FLINK = path.join(__dirname, '..', '..', '..', '..', 'flink');
const NAMES = { impressions: 'in-1', clicks: 'in-2', results: 'out' };
const MAX_FUTURE_SECONDS = 60;

/** Metrics of the service itself, which other alarms use. */
const OF_THE_SERVICE = ['numberOfFailedCheckpoints', 'fullRestarts', 'downtime', 'KPUs', 'uptime'];

/** @returns names of the counters and gauges that the Java sources register in the published group */
function registered(): string[] {
  const folder = path.join(FLINK, 'src', 'main', 'java');
  const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.java'))
    .map((file) => readFileSync(path.join(folder, file), 'utf8'))
    .filter((text) => text.includes('JobMetrics.of('));
  const calls = sources.flatMap((text) => [...text.matchAll(/\.(?:counter|gauge)\(([^;]*);/g)].map(([call]) => call));
  return calls.flatMap((call) => [...call.matchAll(/"(\w+)"/g)].map(([, name]) => name as string)).sort();
}

interface Alarm {
  readonly alarm_name: string;
  readonly namespace?: string;
  readonly metric_name?: string;
  readonly metric_query?: readonly {
    readonly expression?: string;
    readonly metric?: { readonly namespace: string; readonly metric_name: string; readonly dimensions: object };
  }[];
}

const specs = (parts: Partial<ReturnType<typeof sampleEnvironment>['alarms']> = {}) => {
  const { alarms } = sampleEnvironment();
  return counterAlarms(sampleEnvironment({ alarms: { ...alarms, ...parts } }), 'job', NAMES, MAX_FUTURE_SECONDS);
};
const spec = (name: string, parts = {}) => specs(parts).find((one) => one.name === name);

describe('counterAlarms', () => {
  it('use only metrics that the job registers', () => {
    const alarms = synthesisedPipeline(sampleEnvironment()).all('aws_cloudwatch_metric_alarm') as unknown as Alarm[];
    const own = alarms
      .flatMap(({ namespace, metric_name, metric_query = [] }) => [
        { namespace, metric_name },
        ...metric_query.map(({ metric }) => ({ namespace: metric?.namespace, metric_name: metric?.metric_name })),
      ])
      .filter(({ namespace }) => namespace === 'AWS/KinesisAnalytics')
      .map(({ metric_name }) => metric_name ?? '')
      .filter((name) => !OF_THE_SERVICE.includes(name));
    expect([...new Set(own)].sort()).toEqual([
      'clockSkewMillis',
      'duplicateClicks',
      'duplicateImpressions',
      'expiredShards',
      'retriedResults',
      'undeliverableResults',
    ]);
    expect(registered()).toEqual(expect.arrayContaining(own));
  });

  it('lists all metrics of the job in the README', () => {
    const readme = readFileSync(path.join(FLINK, 'README.md'), 'utf8');
    const paragraph = readme.slice(readme.indexOf('Counters in the metric group')).split('\n\n')[0] ?? '';
    const listed = [...paragraph.matchAll(/`(\w+)`/g)]
      .map(([, name]) => name)
      .filter((name) => name !== 'kinesisanalytics');
    expect(listed.sort()).toEqual(registered());
  });

  it('names each metric of an expression, and no other', () => {
    for (const { expression, metrics } of specs()) {
      if (expression === undefined) continue;
      const used = new Set([...expression.matchAll(/\b[a-z]\w*/g)].map(([id]) => id));
      expect([...used].sort()).toEqual(Object.keys(metrics).sort());
    }
  });

  it.each([
    ['results-undeliverable', 'undeliverableResults'],
    ['shards-expired', 'expiredShards'],
  ])('%s fires at the first increase in any subtask, also immediately after a start', (name, counter) => {
    expect(spec(name)).toMatchObject({
      metrics: {
        counter: {
          namespace: 'AWS/KinesisAnalytics',
          name: counter,
          dimensions: { Application: 'job' },
          stat: 'Average',
        },
      },
      expression: 'DIFF(FILL(counter, 0))',
      comparison: 'GreaterThanThreshold',
      threshold: 0,
      periods: { of: 2, breaching: 1 },
      missing: 'notBreaching',
    });
  });

  it('divides the retried results by all results that were sent', () => {
    expect(spec('results-retried', { retriedSharePercent: 4 })).toMatchObject({
      threshold: 4,
      metrics: { results: { name: 'IncomingRecords', dimensions: { StreamName: 'out' } } },
      expression:
        '100 * (DIFF(retriedResults) * retriedResultsSamples / 20) / (DIFF(retriedResults) * retriedResultsSamples / 20 + FILL(results, 0))',
      missing: 'notBreaching',
    });
  });

  it('divides duplicates by the incoming events', () => {
    expect(spec('duplicate-share', { duplicateSharePercent: 7 })).toMatchObject({
      threshold: 7,
      metrics: {
        duplicateClicks: { stat: 'Average' },
        duplicateClicksSamples: { name: 'duplicateClicks', stat: 'SampleCount' },
        impressions: { dimensions: { StreamName: 'in-1' } },
        clicks: { dimensions: { StreamName: 'in-2' } },
      },
      missing: 'notBreaching',
    });
  });

  it('compares the clock skew in milliseconds', () => {
    expect(spec('clock-skew', { clockSkewSeconds: 59 })).toMatchObject({
      metrics: { skew: { name: 'clockSkewMillis', stat: 'Maximum' } },
      threshold: 59_000,
      missing: 'notBreaching',
    });
  });

  it('rejects a threshold of the clock skew that cannot be exceeded', () => {
    expect(() => specs({ clockSkewSeconds: 60 })).toThrow(
      'environment dev, alarms.clockSkewSeconds: 60 must be less than max.future.seconds (60)',
    );
  });
});
