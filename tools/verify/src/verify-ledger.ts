import { RECORD_TYPES, type RecordType } from '@ad-analytics/event-schemas';
import type { FraudSettings } from '@ad-analytics/pipeline-settings';
import { applyPrivacy } from './apply-privacy';
import { compareType } from './compare-type';
import { Database } from './database';
import { addFieldColumns } from './event-fields';
import { ledgerEquations } from './equations';
import { expectAlerts, expectResults } from './expected-results';
import type { Input, Results } from './input';
import { classifyEvents, streamLedger } from './classify-events';
import { type KnownBots, markKnownBots } from './known-bots';
import { type Ledger, type TypeLedger, UNCHECKED_LATE_EVENTS, typeAgrees } from './ledger';
import { loadInput } from './load-input';
import { loadResults } from './load-results';
import type { VerifySettings } from './settings';
import { sqlVariables } from './sql-variables';

/** Settings of rules that were active during a part of a run. */
export interface EarlierRules {
  readonly fraud: FraudSettings;
  /** The watermark of the run at the change, in milliseconds since the epoch: the rules apply to windows that had ended by then. */
  readonly until: number;
}

/** Options of a check. */
export interface VerifyOptions {
  /** Record types to check; default: all. Results of other types are ignored. */
  readonly types?: readonly RecordType[];
  /** Number of examples of each kind of difference; default 5. */
  readonly examples?: number;
  /** Watermark of the run, in milliseconds since the epoch: results that are final only later may be missing. */
  readonly watermark?: number;
  /**
   * Rules that were active before those of the settings, oldest first, for a run whose thresholds or switches were changed. Other settings
   * must not have changed.
   */
  readonly earlierRules?: readonly EarlierRules[];
  /** If undefined, no user agent counts as a known bot. */
  readonly knownBots?: KnownBots;
  readonly signal?: AbortSignal;
  /** Called with the current step, and its number of records so far. */
  readonly onProgress?: (step: string, records?: number) => void;
}

/**
 * Computes the expected results from the inputs with independent batch SQL, and compares them record by record.
 * @param inputs all records of the two input streams
 * @param results all delivered records
 * @param settings of the run
 * @returns the ledger; differences do not cause an exception
 * @throws when data cannot be read, or only one input has positions
 */
export async function verifyLedger(
  inputs: { readonly impressions: Input; readonly clicks: Input },
  results: Results,
  settings: VerifySettings,
  options: VerifyOptions = {},
): Promise<Ledger> {
  const { impressions, clicks } = inputs;
  if (impressions.hasPositions !== clicks.hasPositions) {
    throw new Error(
      'Read both inputs from their streams, or both from files: record_ids are compared for both or for none',
    );
  }
  return Database.use((database) => {
    const check = new Check(database, impressions.hasPositions, settings, options);
    return check.run(inputs, results);
  }, options.signal);
}

/** One check in one database. */
class Check {
  private readonly types: readonly RecordType[];
  private readonly examples: number;

  constructor(
    private readonly database: Database,
    private readonly hasPositions: boolean,
    private readonly settings: VerifySettings,
    private readonly options: VerifyOptions,
  ) {
    this.types = options.types ?? RECORD_TYPES;
    this.examples = options.examples ?? 5;
  }

  async run(inputs: { impressions: Input; clicks: Input }, results: Results): Promise<Ledger> {
    const { database, settings, options } = this;
    await this.prepare();
    const load = (title: string) => ({
      onRecord: (records: number) => options.onProgress?.(title, records),
      signal: options.signal,
    });
    const impressionsRead = await loadInput(
      database,
      'impression',
      inputs.impressions,
      settings,
      load('Reading impressions'),
    );
    const clicksRead = await loadInput(database, 'click', inputs.clicks, settings, load('Reading clicks'));
    const loaded = await loadResults(database, results, { examples: this.examples, ...load('Reading results') });
    options.onProgress?.('Judging the events');
    if (options.knownBots !== undefined) await markKnownBots(database, options.knownBots);
    await classifyEvents(database);
    const streams = {
      impressions: await streamLedger(database, 'impression', impressionsRead),
      clicks: await streamLedger(database, 'click', clicksRead),
    };
    const types: TypeLedger[] = [];
    for (const type of this.types) types.push(await this.compare(type));
    const pending = types.reduce((sum, type) => sum + type.pending, 0);
    const equations = pending > 0 ? [] : await ledgerEquations(database, new Set(this.types), streams);
    return {
      agrees: types.every(typeAgrees) && equations.every(({ holds }) => holds) && loaded.malformed.count === 0,
      ...streams,
      types,
      equations,
      malformed: loaded.malformed,
      resultsRead: loaded.read,
      notes: this.notes(streams.impressions.lateAfterQuiet + streams.clicks.lateAfterQuiet, pending),
    };
  }

  private async prepare(): Promise<void> {
    const { database, settings } = this;
    await database.setVariables(sqlVariables(settings, this.hasPositions));
    await database.runFile('macros.sql');
    for (const table of ['event', 'rejected_record', 'result', 'bot_user_agent'])
      await database.runFile(`tables/${table}.sql`);
    await addFieldColumns(database);
  }

  private async compare(type: RecordType): Promise<TypeLedger> {
    this.options.onProgress?.(`Comparing ${type}`);
    await this.expect(type);
    if (this.settings.privacy !== undefined) await applyPrivacy(this.database, type, this.settings.privacy);
    return compareType(this.database, type, {
      examples: this.examples,
      byContent: !this.hasPositions,
      watermark: this.options.watermark,
    });
  }

  private async expect(type: RecordType): Promise<void> {
    const { database, settings, hasPositions, options } = this;
    const earlier = options.earlierRules ?? [];
    if (type !== 'fraud_alert' || earlier.length === 0) return expectResults(database, type);
    const variables = (fraud: FraudSettings) => sqlVariables({ ...settings, fraud }, hasPositions);
    await expectAlerts(database, [
      ...earlier.map(({ fraud, until }) => ({ variables: variables(fraud), until })),
      { variables: variables(settings.fraud), until: undefined },
    ]);
  }

  private notes(lateAfterQuiet: number, pending: number): string[] {
    const notes: string[] = [];
    const left = RECORD_TYPES.filter((type) => !this.types.includes(type));
    if (left.length > 0) notes.push(`Not checked, because not requested: ${left.join(', ')}.`);
    if (this.options.knownBots === undefined) {
      notes.push('Without a list of known bots, the check expects no known_bot.');
    }
    if (lateAfterQuiet > 0) {
      const proof = this.hasPositions
        ? 'each follows a pause of its shard'
        : 'with inputs from files, pauses of shards cannot be checked';
      notes.push(
        `${UNCHECKED_LATE_EVENTS}: ${lateAfterQuiet} events are late according to the job, but not by the order of their shard (late after an idle period; ${proof}). ` +
          'Everything else was computed with these events as late; their lateness_ms is not checked.',
      );
    }
    if (!this.hasPositions) {
      notes.push(
        'Inputs from files: late and rejected records are compared by content, because the positions in their ids are unknown.',
      );
    }
    if (pending > 0)
      notes.push(`${pending} results are not final yet at the given watermark; the sums were not checked.`);
    return notes;
  }
}
