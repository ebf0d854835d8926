import { freezeAws, killSink, killTaskManagers } from './disturbances';
import { KILLS_OF_THE_GENERATOR, killedGenerator } from './generator';
import { fillDisk, fullDiskMissing, killJobManager, replaceJob, upgradeZip } from './job-disturbances';
import { splitAndMerge } from './reshard';
import type { Scenario } from './scenario';
import { finishLive, silenceThenBurst, wrongClocks } from './traffic';

/** The scenarios, by name, in the order in which they run. */
export const SCENARIOS: Readonly<Record<string, Scenario>> = {
  throttling: {
    title: '20 % of the requests to AWS refused, partial writes, expired iterators',
    faults: { shares: { throttled: 0.2, partial: 0.2, expiredIterator: 0.02 } },
  },
  network: {
    title: '20 % of the requests to AWS with a broken connection, a server error, a lost, truncated or late answer',
    faults: {
      shares: { serverError: 0.05, reset: 0.03, unanswered: 0.04, truncated: 0.03, slow: 0.05 },
    },
  },
  bursts: {
    title: '80 % of the requests to AWS fail for 3 s of every 12 s',
    faults: {
      shares: { throttled: 0.3, partial: 0.1, serverError: 0.2, reset: 0.1, unanswered: 0.1 },
      bursts: { everyMs: 12_000, lengthMs: 3_000 },
    },
  },
  'task-managers': {
    title: 'The TaskManager killed ten times at random moments',
    disturb: killTaskManagers,
    actsOnJob: true,
  },
  'job-manager': {
    title:
      'JobManagers killed at random moments; another one takes over, with high availability by ZooKeeper and files',
    disturb: killJobManager,
    actsOnJob: true,
  },
  upgrade: {
    title: 'The job stopped with a savepoint; a zip with an additional rule and event field continues from there',
    disturb: upgradeZip,
    actsOnJob: true,
  },
  jobs: {
    title: 'Ten jobs one after the other in one TaskManager, each from the savepoint of the one before',
    disturb: replaceJob,
    actsOnJob: true,
  },
  'full-disk': {
    title: 'The disk of JobManager and TaskManager full for 20 s',
    disturb: fillDisk,
    actsOnJob: true,
    missing: fullDiskMissing,
  },
  'frozen-aws': { title: 'AWS does not respond for 30 s', disturb: freezeAws, losesResponses: true },
  generator: {
    title: 'The generator killed at random moments and started again',
    traffic: killedGenerator,
    disturb: async () => ({ 'generators killed': KILLS_OF_THE_GENERATOR }),
  },
  shards: {
    title: 'The fullest shard of both input streams split, the two emptiest merged',
    // A split shard holds back the watermark for this long, until its child shards are found.
    settings: { 'idle.timeout.seconds': '30' },
    disturb: splitAndMerge,
  },
  sink: {
    title: 'The sink killed in mid-batch, its table slow and partly refusing',
    faults: { shares: { partial: 0.2, slow: 0.5 }, services: ['dynamodb'], slowMs: 1_000 },
    disturb: killSink,
  },
  silence: {
    title: 'Both streams silent for 2 minutes, longer than the idle timeout, then a burst',
    settings: { 'idle.timeout.seconds': '5' },
    traffic: silenceThenBurst,
    finish: finishLive,
  },
  clocks: {
    title: 'Clocks of producers 10 minutes ahead, 10 minutes behind, and in 2099',
    traffic: wrongClocks,
    finish: finishLive,
  },
};

/** A part of the whole test run: most kinds of faults in a short time. */
export const SHORT_SCENARIO: Scenario = {
  title: 'Requests to AWS refused, answered with errors, in part or not at all',
  faults: {
    shares: { throttled: 0.15, partial: 0.15, expiredIterator: 0.02, serverError: 0.03, unanswered: 0.03 },
  },
  leastMs: 15_000,
};
