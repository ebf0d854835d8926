import { type PropertyGroup, pipelineSettings } from '@ad-analytics/pipeline-settings';
import type { TrafficStream } from '@ad-analytics/traffic-model';
import type { Input, SourceRecord } from '@ad-analytics/verify/input';
import { type KnownBots, loadKnownBots } from '@ad-analytics/verify/known-bots';
import { verifySettings } from '@ad-analytics/verify/settings';
import { shardOfKey } from '@ad-analytics/local-stack/kinesis/shard-of-key';
import { verifyLedger } from '@ad-analytics/verify/verify-ledger';
import type { Engine } from './engine';
import { FindingsCollector } from './findings';
import type { SeedTraffic } from './seed-traffic';

/** One shard, so that the order of arrival is total. */
const SHARDS = 1;
const ALL = Number.MAX_SAFE_INTEGER;

function inputOf(traffic: SeedTraffic, wanted: TrafficStream): Input {
  async function* records(): AsyncGenerator<SourceRecord> {
    for (const { stream, data, partitionKey, arrivalMs } of traffic.emissions()) {
      if (stream !== wanted) continue;
      const shard = String(shardOfKey(partitionKey, SHARDS));
      // The arrival time: without it, an event from the far future would not be rejected and would make all others late.
      yield { shard, sequence: undefined, arrivalTime: traffic.startTime + arrivalMs, data: Buffer.from(data) };
    }
  }
  return { hasPositions: false, records };
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

/**
 * Computes the rules like `verify`, with batch SQL and without Flink: no results are delivered, so all expected results are reported as
 * missing.
 * It is fast, for work on scenarios and thresholds; the report uses the job.
 * @param groups settings of the run
 * @param options `onSeed` is called with the number of finished seeds; `signal` ends it; `knownBots` replaces the job's list
 */
export function oracleEngine(
  groups: readonly PropertyGroup[],
  options: { onSeed: (done: number) => void; signal: AbortSignal; knownBots?: KnownBots },
): Engine {
  return async (traffic) => {
    const settings = verifySettings(pipelineSettings(groups));
    const knownBots = options.knownBots ?? loadKnownBots();
    const findings = new Map<number, ReturnType<FindingsCollector['findings']>>();
    const accepted = { impression: 0, click: 0 };
    const notes = new Set<string>();
    for (const seed of traffic) {
      const inputs = { impressions: inputOf(seed, 'impressions'), clicks: inputOf(seed, 'clicks') };
      const ledger = await verifyLedger(inputs, { records: nothing }, settings, {
        types: ['attributed_click', 'fraud_alert'],
        examples: ALL,
        knownBots,
        signal: options.signal,
      });
      accepted.impression += ledger.impressions.accepted;
      accepted.click += ledger.clicks.accepted;
      const collector = new FindingsCollector();
      for (const { recordType, examples } of ledger.types) {
        for (const expected of examples.missing) {
          if (recordType === 'fraud_alert') {
            collector.addAlert(
              String(expected['record_id']),
              expected as unknown as Parameters<FindingsCollector['addAlert']>[1],
            );
          } else collector.addClick(expected as unknown as Parameters<FindingsCollector['addClick']>[0]);
        }
      }
      findings.set(seed.seed, collector.findings());
      for (const note of ledger.notes) if (note.includes('alerts of')) notes.add(note);
      options.onSeed(findings.size);
    }
    return { settings: groups, accepted, findings, notes: [...notes] };
  };
}
