import { DescribeLimitsCommand } from '@aws-sdk/client-kinesis';
import { GetAccountSettingsCommand } from '@aws-sdk/client-lambda';
import { ListServiceQuotasCommand } from '@aws-sdk/client-service-quotas';
import type { StreamRole } from '../constructs/event-streams';
import type { Environment } from '../environments/environment';
import type { PreflightClients } from './clients';
import { advice, type Finding, finding, ok, wrong } from './finding';

/** Minimum that a reservation must leave to all other functions (Lambda Developer Guide, reserved concurrency). */
const LEFT_TO_OTHERS = 100;
/** Service code of Managed Service for Apache Flink in Service Quotas. */
const FLINK_SERVICE = 'kinesisanalytics';

const raise = (service: string, quota: string) =>
  `request an increase in the console: Service Quotas, ${service}, ${quota}`;

/**
 * @param environment with the mode and the shards
 * @param clients of AWS
 * @param missing number of streams that must be created
 * @returns whether the quotas of the account suffice
 */
export async function lookAtShards(
  environment: Environment,
  { streams }: PreflightClients,
  missing: number,
): Promise<readonly Finding[]> {
  return finding('quota of Kinesis', 'kinesis:DescribeLimits', async () => {
    const limits = await streams.send(new DescribeLimitsCommand({}));
    const [needed, used, limit, what] =
      environment.streams.mode === 'ON_DEMAND'
        ? [missing, limits.OnDemandStreamCount, limits.OnDemandStreamCountLimit, 'streams on demand']
        : [
            missing === 0 ? 0 : shardsOf(environment.streams.shards, environment.sideBySide !== undefined),
            limits.OpenShardCount,
            limits.ShardLimit,
            'shards',
          ];
    if (used === undefined || limit === undefined) throw new Error(`Kinesis did not report a limit of ${what}`);
    const found = `${used} of ${limit} ${what} are used, ${needed} are needed`;
    return used + needed <= limit
      ? ok('quota of Kinesis', found)
      : wrong('quota of Kinesis', found, raise('Kinesis Data Streams', what));
  });
}

/** @returns the shards of all streams; green's results stream has as many as blue's */
function shardsOf(shards: Readonly<Record<StreamRole, number>>, sideBySide: boolean): number {
  return Object.values(shards).reduce((sum, each) => sum + each, 0) + (sideBySide ? shards.results : 0);
}

/** @returns whether the account has enough concurrent executions for the sink */
export async function lookAtConcurrency(
  { sink: { reservedConcurrency } }: Environment,
  { functions }: PreflightClients,
): Promise<readonly Finding[]> {
  return finding('quota of Lambda', 'lambda:GetAccountSettings', async () => {
    const { AccountLimit: limit } = await functions.send(new GetAccountSettingsCommand({}));
    const free = limit?.UnreservedConcurrentExecutions;
    if (free === undefined) throw new Error('Lambda did not report a limit');
    const found = `${free} concurrent executions are not reserved`;
    if (reservedConcurrency !== undefined && free - reservedConcurrency < LEFT_TO_OTHERS) {
      return wrong(
        'quota of Lambda',
        `${found}; sink.reservedConcurrency takes ${reservedConcurrency}, and ${LEFT_TO_OTHERS} must stay unreserved`,
        `remove sink.reservedConcurrency, or ${raise('AWS Lambda', 'Concurrent executions')}`,
      );
    }
    return free < LEFT_TO_OTHERS
      ? advice(
          'quota of Lambda',
          `${found}: the low limit of a new account`,
          raise('AWS Lambda', 'Concurrent executions'),
        )
      : ok('quota of Lambda', found);
  });
}

/** @returns whether the application's KPUs are within the quota */
export async function lookAtKpus({ flink }: Environment, { quotas }: PreflightClients): Promise<readonly Finding[]> {
  return finding('quota of Flink', 'servicequotas:ListServiceQuotas', async () => {
    const { Quotas: all = [] } = await quotas.send(new ListServiceQuotasCommand({ ServiceCode: FLINK_SERVICE }));
    const quota = all.find(({ QuotaName }) => /KPU/i.test(QuotaName ?? ''));
    if (quota?.Value === undefined) throw new Error('Service Quotas did not report a quota of KPUs');
    const needed = Math.ceil(flink.parallelism / flink.parallelismPerKpu);
    const found = `an application may have ${quota.Value} KPUs, this one begins with ${needed}`;
    return needed <= quota.Value
      ? ok('quota of Flink', found)
      : wrong('quota of Flink', found, raise('Managed Service for Apache Flink', quota.QuotaName ?? 'KPUs'));
  });
}
