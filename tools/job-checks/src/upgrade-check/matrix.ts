import type { Trial } from './changed-application';

/** Windows and thresholds so small that a phase of some seconds has results of every kind. */
export const UPGRADE_SETTINGS: Readonly<Record<string, string>> = {
  'attribution.window.seconds': '20',
  'metrics.window.seconds': '10',
  'engagement.window.seconds': '15',
  'engagement.slide.seconds': '5',
  'short.window.seconds': '12',
  'short.slide.seconds': '4',
  'long.window.seconds': '30',
  'long.slide.seconds': '6',
  'click.velocity.threshold': '3',
  'impression.flood.ip.threshold': '24',
  'impression.flood.user.threshold': '16',
  'abnormal.ctr.min.impressions': '4',
  'abnormal.ctr.threshold': '0.5',
  'publisher.ctr.z.threshold': '1',
  'publisher.ctr.min.impressions': '5',
  'publisher.ctr.trailing.windows': '3',
  'publisher.ctr.min.windows': '2',
  'metronome.min.clicks': '5',
  'metronome.variation.threshold': '0.3',
  'unattributed.burst.threshold': '2',
  'id.fan.out.threshold': '6',
  // A pause of the machine, or the time between two jobs, must not be treated as an idle stream.
  'idle.timeout.seconds': '3600',
};

const RAISED: Readonly<Record<string, string>> = {
  'click.velocity.threshold': '8',
  'impression.flood.ip.threshold': '40',
  'impression.flood.user.threshold': '30',
  'abnormal.ctr.min.impressions': '8',
  'publisher.ctr.z.threshold': '2',
  'metronome.min.clicks': '7',
  'unattributed.burst.threshold': '4',
  'id.fan.out.threshold': '12',
};
const LOWERED: Readonly<Record<string, string>> = {
  'click.velocity.threshold': '2',
  'impression.flood.ip.threshold': '8',
  'impression.flood.user.threshold': '4',
  'abnormal.ctr.min.impressions': '2',
  'publisher.ctr.z.threshold': '0.5',
  'metronome.min.clicks': '3',
  'unattributed.burst.threshold': '1',
  'id.fan.out.threshold': '2',
};
const OFF: Readonly<Record<string, string>> = {
  'alert.click_velocity_ip.enabled': 'false',
  'alert.impression_flood.enabled': 'false',
  'alert.abnormal_ctr.enabled': 'false',
  'alert.publisher_ctr_anomaly.enabled': 'false',
};

/** Every setting that the state depends on, with another value; the windows stay multiples of their slides. */
export const OTHER_WINDOWS: Readonly<Record<string, string>> = {
  'attribution.window.seconds': '30',
  'metrics.window.seconds': '20',
  'engagement.window.seconds': '20',
  'engagement.slide.seconds': '3',
  'short.window.seconds': '16',
  'short.slide.seconds': '6',
  'long.window.seconds': '36',
  'long.slide.seconds': '5',
};

/** The phase until the next savepoint. */
export interface Phase {
  /** Description of the change from the previous phase. */
  readonly change: string;
  /** Settings that differ from the run's, by name. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Changes of the application. */
  readonly trials?: readonly Trial[];
  /** Whether the job replaces user ids and addresses in its results. */
  readonly pseudonyms?: true;
  /** Default: 1. */
  readonly parallelism?: number;
  /** The change to a shard of both input streams, and its time. */
  readonly reshard?: { readonly how: 'split' | 'merge'; readonly job: 'stopped' | 'running' };
}

/** Jobs that continue from each other's savepoints. */
export interface UpgradeCase {
  readonly phases: readonly Phase[];
  /** Without events that are late by the clock of their shard. */
  readonly nothingLate?: boolean;
  /** Settings with which a job must refuse to continue. Each is tested separately before the second phase. */
  readonly refused?: Readonly<Record<string, string>>;
  /** Whether it begins with the savepoint of the latest release. */
  readonly released?: boolean;
  /** Whether producers send the field that a trial adds to impressions, before it is added and after. */
  readonly sendsEventField?: boolean;
}

/** @returns whether a job of the case replaces user ids and addresses */
export const isPseudonymCase = ({ phases }: UpgradeCase): boolean =>
  phases.some(({ pseudonyms }) => pseudonyms === true);

const FIRST: Phase = { change: 'the zip without a change' };

/** The matrix, by name. */
export const UPGRADE_CASES = {
  released: {
    released: true,
    phases: [{ change: 'the current zip continues from the savepoint of the latest release' }],
  },
  'same-zip': { phases: [FIRST, { change: 'the same zip' }, { change: 'the same zip again' }] },
  parallelism: {
    phases: [
      { change: 'parallelism 1' },
      { change: 'parallelism 2', parallelism: 2 },
      { change: 'parallelism 1 again' },
    ],
  },
  'rule-added': {
    phases: [FIRST, { change: 'an additional rule', trials: ['rule'] }, { change: 'without that rule' }],
  },
  'rule-switched': {
    phases: [FIRST, { change: 'four rules switched off', settings: OFF }, { change: 'these rules switched on' }],
  },
  thresholds: {
    phases: [
      FIRST,
      { change: 'every threshold raised', settings: RAISED },
      { change: 'every threshold lowered', settings: LOWERED },
    ],
  },
  'result-field': {
    phases: [
      FIRST,
      { change: 'an additional field in campaign_metrics', trials: ['result-field'] },
      { change: 'without that field' },
    ],
  },
  'event-field': {
    sendsEventField: true,
    phases: [
      FIRST,
      { change: 'an additional field in impressions', trials: ['event-field'] },
      { change: 'without that field' },
    ],
  },
  shards: {
    nothingLate: true,
    phases: [
      FIRST,
      { change: 'a shard split while no job runs', parallelism: 2, reshard: { how: 'split', job: 'stopped' } },
      { change: 'two shards merged while the job runs', parallelism: 2, reshard: { how: 'merge', job: 'running' } },
    ],
  },
  pseudonyms: {
    phases: [
      FIRST,
      { change: 'pseudonyms and networks instead of user ids and addresses', pseudonyms: true },
      { change: 'user ids and addresses again' },
    ],
  },
  windows: { refused: OTHER_WINDOWS, phases: [FIRST, { change: 'the settings as before' }] },
} satisfies Record<string, UpgradeCase>;

/** The most important changes in one run, which is part of the whole test run. */
export const SHORT_CASE: UpgradeCase = {
  released: true,
  refused: { 'metrics.window.seconds': '20' },
  phases: [
    {
      change: 'an additional rule and result field, parallelism 2, from the savepoint of the latest release',
      trials: ['rule', 'result-field'],
      parallelism: 2,
    },
    { change: 'without these, parallelism 1, every threshold lowered', settings: LOWERED },
  ],
};
