import { Command, InvalidArgumentError } from 'commander';
import { KinesisClient } from '@aws-sdk/client-kinesis';
import { parseEventTime } from '@ad-analytics/event-schemas';
import { loadPropertyGroups, pipelineSettings, type StreamSettings } from '@ad-analytics/pipeline-settings';
import { BOOKS_DO_NOT_BALANCE } from '@ad-analytics/command-line/exit-codes';
import { CommandError } from '@ad-analytics/command-line/errors';
import { localKinesisClient } from '@ad-analytics/local-stack/kinesis-client';
import { wholeNumber } from '@ad-analytics/command-line/options';
import { streamResults } from '@ad-analytics/verify/stream-input';
import { compareResults, counts } from './compare-results';
import { printComparison } from './print-comparison';

interface Flags {
  readonly first: string;
  readonly second: string;
  readonly since: number;
  readonly until: number;
  readonly examples: number;
}

/** A result can arrive before the time that it is about, by as much as `max.future.seconds` lets a producer's clock be ahead. */
const AHEAD_MS = 5 * 60_000;

function time(text: string): number {
  try {
    return parseEventTime(text);
  } catch (error) {
    throw new InvalidArgumentError((error as Error).message);
  }
}

/** @returns the stream of results that a settings file names */
function resultsOf(file: string): StreamSettings {
  return pipelineSettings(loadPropertyGroups(file), file).results;
}

/**
 * `compare-results`: compares what two versions of the job wrote about the same time.
 * @param interrupted aborts the command
 */
export function compareResultsCommand(interrupted: AbortSignal): Command {
  return new Command('compare-results')
    .description('Compare the results of two versions of the job that read the same streams, by record_id.')
    .requiredOption('--first <file>', 'settings of the first version, as written by nx run infra:settings')
    .requiredOption('--second <file>', 'settings of the second version')
    .requiredOption('--since <time>', 'compare results from this event time on, such as 2026-11-27T10:00:00.000Z', time)
    .requiredOption('--until <time>', 'compare results before this event time', time)
    .option('--examples <n>', 'maximum number of differing record_ids to print', wholeNumber(0), 10)
    .addHelpText(
      'after',
      `
Both versions must have written all results of the period: choose --until at least the longest window plus the attribution window in the past, and --since after both
had caught up. Both streams are read from --since to their ends; memory holds the id and a digest of each result of the period, about 200 bytes.
Exit code 0: all agree; 5: some do not; 2: invalid usage, or no results to compare. Others: see tools/README.md.`,
    )
    .action(async ({ first, second, since, until, examples }: Flags) => {
      if (since >= until) throw new CommandError('--since must be before --until.', 2);
      const [one, other] = [resultsOf(first), resultsOf(second)];
      if (one.streamName === other.streamName)
        throw new CommandError(
          `Both files name the same stream ${one.streamName}: give the settings of two versions.`,
          2,
        );
      const read = ({ streamName, region, endpoint }: StreamSettings) => {
        const client = endpoint === undefined ? new KinesisClient({ region }) : localKinesisClient(endpoint, region);
        return streamResults(client, streamName, interrupted, new Date(since - AHEAD_MS)).records();
      };
      console.error(`. First: ${one.streamName}. Second: ${other.streamName}.`);
      const comparison = await compareResults(read(one), read(other), { since, until }, examples);
      interrupted.throwIfAborted();
      console.log(printComparison(comparison).join('\n'));
      const { compared, disagreeing } = counts(comparison);
      if (compared + disagreeing === 0) throw new CommandError('The streams do not contain results of this period.', 2);
      if (disagreeing > 0) throw new CommandError(`${disagreeing} results do not agree.`, BOOKS_DO_NOT_BALANCE);
      console.log(`All ${compared} results agree.`);
    });
}
