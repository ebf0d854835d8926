import type { Assumptions } from './assumptions';
import { SECONDS, total } from './cost-line';
import type { Deployment } from './deployment';
import { estimate } from './estimate';
import { costOf } from './price';
import { PRICES, type PriceId } from './prices';
import { shardsFor, streams } from './services/kinesis';
import type { ResultFlow, Workload } from './workload';

/** A change of the design or of a setting, and what it would cost or save. */
export interface Saving {
  readonly name: string;
  /** Disadvantage, or required work. */
  readonly price: string;
  /** Savings in US dollars a month, compared with the current design. */
  readonly saved: number;
}

interface Design {
  readonly load: Workload;
  readonly deployment: Deployment;
}

/** Computes the cost of a design; {@link estimate} does not support some changes. */
type Change = (design: Design, assumptions: Assumptions) => number;

const designCost = (load: Workload, deployment: Deployment, assumptions: Assumptions) =>
  total(estimate(load, deployment, assumptions));

/** @returns the load with other flows of user scores */
function withEngagement(load: Workload, change: (flow: ResultFlow) => ResultFlow): Workload {
  return { ...load, results: { ...load.results, user_engagement: change(load.results.user_engagement) } };
}

const notInTable = (flow: ResultFlow): ResultFlow => ({
  ...flow,
  writeUnits: { table: 0, bySubject: 0, byTime: 0 },
  storedBytes: { table: 0, all: 0 },
});

/**
 * Remaining share of the scores if windows slide by 5 minutes instead of one: number of pairs of user and 5 minutes, divided by pairs of
 * user and minute, in the events of the measured run (69,957 of 95,096).
 */
const SHARE_OF_5_MINUTES = 0.74;

/** The commitment of On-demand Advantage, in and out: 25 MB/s. From memory of AWS's announcement; not confirmed. */
const ADVANTAGE_GB = (25 * SECONDS) / 1024;

/** @returns the difference in cost of the streams with On-demand Advantage */
function withAdvantage({ load, deployment }: Design, assumptions: Assumptions): number {
  if (deployment.streams.mode !== 'ON_DEMAND') return 0;
  const lines = estimate(load, deployment, assumptions);
  const of = (price: PriceId) => lines.filter((line) => line.price === price);
  const gigabytes = (price: PriceId) => of(price).reduce((sum, { quantity }) => sum + quantity, 0);
  const replaced = total([...of('kinesisStreamHour'), ...of('kinesisDataIn'), ...of('kinesisDataOut')]);
  return (
    costOf(PRICES.kinesisAdvantageIn, Math.max(ADVANTAGE_GB, gigabytes('kinesisDataIn'))) +
    costOf(PRICES.kinesisAdvantageOut, Math.max(ADVANTAGE_GB, gigabytes('kinesisDataOut'))) -
    replaced
  );
}

const CHANGES: readonly { name: string; price: string; cost: Change }[] = [
  {
    name: 'user_engagement once per 5 minutes instead of each minute',
    price: 'set engagement.slide.seconds to 300; scores are up to five minutes old',
    cost: ({ load, deployment }, assumptions) =>
      designCost(
        withEngagement(load, (flow) => ({ ...flow, perSecond: flow.perSecond * SHARE_OF_5_MINUTES })),
        deployment,
        assumptions,
      ),
  },
  {
    name: 'user_engagement not in DynamoDB',
    price: 'the sink skips scores; users query the archive, which is minutes behind',
    cost: ({ load, deployment }, assumptions) => designCost(withEngagement(load, notInTable), deployment, assumptions),
  },
  {
    name: 'streams with provisioned shards for the peak',
    price: 'you must plan shards and reshard (runbook "reshard")',
    cost: ({ load, deployment }, assumptions) => {
      const use = streams(load, deployment);
      const shards = Object.fromEntries(use.map((stream) => [stream.role, shardsFor(stream, assumptions)]));
      const { retentionHours } = deployment.streams;
      return designCost(
        load,
        {
          ...deployment,
          streams: {
            mode: 'PROVISIONED',
            retentionHours,
            shards: shards as Record<'impressions' | 'clicks' | 'results', number>,
          },
        },
        assumptions,
      );
    },
  },
  {
    name: 'as few KPUs as the peak needs',
    price: 'set flink.parallelism; a load above the assumed peak waits for auto-scaling, which takes minutes',
    cost: ({ load, deployment }, assumptions) =>
      designCost(
        load,
        { ...deployment, flink: { ...deployment.flink, parallelism: deployment.flink.parallelismPerKpu } },
        assumptions,
      ),
  },
  {
    name: 'user_engagement not in the archive',
    price: 'a separate stream for scores; Firehose then reads only the rest',
    cost: ({ load, deployment }, assumptions) => {
      const engagement = load.results.user_engagement.perSecond;
      const archived = (of: Workload) =>
        total(
          estimate(of, deployment, assumptions).filter(
            ({ service }) => service === 'Data Firehose' || service === 'S3 (archive)',
          ),
        );
      const without = withEngagement(load, (flow) => ({ ...flow, perSecond: 0 }));
      return designCost(load, deployment, assumptions) - (engagement === 0 ? 0 : archived(load) - archived(without));
    },
  },
  {
    name: 'archive only as an Iceberg table, which Firehose bills without rounding records up',
    price: 'not built: views and saved queries read the Parquet files; the price is not confirmed',
    cost: ({ load, deployment }, assumptions) => {
      const results = deployment.archive.filter(({ reads }) => reads === 'results');
      if (results.length === 0) return designCost(load, deployment, assumptions);
      const table = { ...results[0]!, parquet: false, dynamicPartitioning: false, iceberg: true };
      const rest = deployment.archive.filter(({ reads }) => reads !== 'results');
      return designCost(load, { ...deployment, archive: [...rest, table] }, assumptions);
    },
  },
  {
    name: 'streams with On-demand Advantage',
    price: 'a setting of the account and region, with a commitment to 25 MB/s in and out (not confirmed)',
    cost: (design, assumptions) =>
      designCost(design.load, design.deployment, assumptions) + withAdvantage(design, assumptions),
  },
  {
    name: 'no Redshift',
    price: 'queries of the past only with Athena',
    cost: ({ load, deployment }, assumptions) => {
      const { redshift: _, ...without } = deployment;
      return designCost(load, without, assumptions);
    },
  },
  {
    name: 'one day of retention in the streams',
    price: 'replays go back only one day; a stopped consumer loses data after one day',
    cost: ({ load, deployment }, assumptions) =>
      designCost(load, { ...deployment, streams: { ...deployment.streams, retentionHours: 24 } }, assumptions),
  },
  {
    name: 'no point-in-time recovery of the table',
    price: 'only a replay can restore a lost table',
    cost: ({ load, deployment }, assumptions) => {
      const { table, ...rest } = deployment;
      return designCost(
        load,
        table === undefined ? rest : { ...rest, table: { ...table, pointInTimeRecovery: false } },
        assumptions,
      );
    },
  },
];

/**
 * @param load of the pipeline
 * @param deployment settings of the environment
 * @param assumptions of the calculation
 * @returns the changes with savings, the largest first; each is computed separately, so they do not add up
 */
export function savings(load: Workload, deployment: Deployment, assumptions: Assumptions): Saving[] {
  const now = designCost(load, deployment, assumptions);
  return CHANGES.map(({ name, price, cost }) => ({ name, price, saved: now - cost({ load, deployment }, assumptions) }))
    .filter(({ saved }) => saved >= 0.01)
    .sort((a, b) => b.saved - a.saved);
}
