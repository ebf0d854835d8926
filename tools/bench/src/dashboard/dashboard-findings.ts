import type { Findings } from '../bench-session';
import { type Spread, spreadOf, spreadText } from '../spread';
import { DEMO_SETTINGS } from '@ad-analytics/demo/demo-settings';
import { AUDIENCES, type Audience } from './audiences';
import type { DashboardPlan, DashboardRun } from './bench-dashboard';

const SECONDS_PER_MINUTE = 60;

const nameOf = ({ viewers, ownFilters }: Audience) => `${viewers}${ownFilters ? ', each with its own campaign' : ''}`;

/** @param runs of all audiences @returns the findings */
export function findings(plan: DashboardPlan, runs: readonly DashboardRun[]): Findings {
  const rows = AUDIENCES.map((audience) => {
    const own = runs.filter((run) => nameOf(run.audience) === nameOf(audience));
    const perMinute = (value: (run: DashboardRun) => number): Spread =>
      spreadOf(own.map((run) => (value(run) * SECONDS_PER_MINUTE) / run.seconds));
    const cpu = own.flatMap(({ cpuSeconds, seconds }) =>
      cpuSeconds === undefined ? [] : (cpuSeconds / seconds) * 100,
    );
    return {
      audience,
      requests: perMinute(({ requests }) => requests),
      units: perMinute(({ readUnits }) => readUnits),
      kib: perMinute(({ bytes }) => bytes / 1_024),
      sent: perMinute(({ sentBytes }) => sentBytes / 1_024),
      messages: perMinute(({ messages }) => messages),
      cpu: cpu.length === 0 ? 'not known' : `${spreadText(spreadOf(cpu), 1)} %`,
    };
  });
  const perViewer = (spread: Spread, { viewers }: Audience) =>
    viewers === 0 ? '' : (spread.median / viewers).toFixed(1);
  return {
    title: 'The dashboard',
    settings: {
      'events per second': plan.rate,
      'seconds of warm-up': plan.warmUpSeconds,
      'seconds for each number of viewers': plan.seconds,
      seed: plan.seed,
      runs: plan.runs,
      'shards of each stream': plan.shards,
      parallelism: plan.parallelism,
      ...DEMO_SETTINGS,
      ...plan.configOverrides,
    },
    notes: [
      'The whole local stack with live traffic: the sink fills the table while the dashboard reads it. A proxy between the dashboard and the emulated DynamoDB counts its requests. A viewer is a connection to the stream of events, without a browser.',
      'The server reads the table once for all viewers, and also without a viewer. Therefore the requests do not depend on the number of viewers.',
      'Read units are computed from the bytes of the answers, which are larger than the items: half a unit for each 4 KiB of an answer, as for eventually consistent reads.',
      'CPU time is that of the server, as a share of one core.',
      'A pause between two reads is at least twice as long as the read. Therefore a faster table gets more requests, up to one round every 2 s.',
    ],
    tables: [
      {
        title: 'Requests to DynamoDB per minute',
        head: ['viewers', 'requests', 'for each viewer', 'read units', 'KiB read', 'CPU of the server'],
        rows: rows.map(({ audience, requests, units, kib, cpu }) => [
          nameOf(audience),
          spreadText(requests),
          perViewer(requests, audience),
          spreadText(units),
          spreadText(kib),
          cpu,
        ]),
      },
      {
        title: 'Messages to all viewers, a minute',
        head: ['viewers', 'messages', 'KiB'],
        rows: rows
          .filter(({ audience }) => audience.viewers > 0)
          .map(({ audience, messages, sent }) => [nameOf(audience), spreadText(messages), spreadText(sent)]),
      },
    ],
    plots: [
      {
        name: 'requests',
        title: 'Requests to DynamoDB per viewer and minute',
        kind: 'curves',
        xLabel: 'viewers',
        yLabel: 'requests per minute',
        series: [
          {
            name: 'requests',
            points: rows
              .filter(({ audience }) => audience.viewers > 0 && !audience.ownFilters)
              .map(({ audience: { viewers }, requests: { median, least, greatest } }) => ({
                x: viewers,
                y: median / viewers,
                least: least / viewers,
                greatest: greatest / viewers,
              })),
          },
        ],
      },
    ],
    skipped: [],
    figures: runs,
  };
}
