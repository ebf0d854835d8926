import { Command, InvalidArgumentError } from 'commander';
import { KinesisClient } from '@aws-sdk/client-kinesis';
import { parseEventTime } from '@ad-analytics/event-schemas';
import { loadPropertyGroups, pipelineSettings, type StreamSettings } from '@ad-analytics/pipeline-settings';
import { BOOKS_DO_NOT_BALANCE } from '../exit-codes';
import { CommandError } from '../local-stack/errors';
import { localKinesisClient } from '../local-stack/kinesis-client';
import { wholeNumber } from '../stack-options';
import { streamResults } from '../verify/stream-input';
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
 * @param interrupted asks it to end
 */
export function compareResultsCommand(interrupted: AbortSignal): Command {
  return new Command('compare-results')
    .description('Compare the results of two versions of the job that read the same streams, by record_id.')
    .requiredOption('--first <file>', 'settings of the one, as nx run infra:settings writes them')
    .requiredOption('--second <file>', 'settings of the other')
    .requiredOption('--since <time>', 'results about this event time and later, such as 2026-11-27T10:00:00.000Z', time)
    .requiredOption('--until <time>', 'results about times before this one', time)
    .option('--examples <n>', 'ids of results that do not agree', wholeNumber(0), 10)
    .addHelpText(
      'after',
      `
Both versions must have written all results about that time: --until lies at least the longest window and the attribution window in the past, --since after both had
caught up. Both streams are read from --since to their ends; memory holds an id and a digest of each result of the time, some 200 bytes.
Exit code 0: all agree; 5: some do not; 2: wrong usage, or there is nothing to compare. Others: see tools/README.md.`,
    )
    .action(async ({ first, second, since, until, examples }: Flags) => {
      if (since >= until) throw new CommandError('--since must be before --until.', 2);
      const [one, other] = [resultsOf(first), resultsOf(second)];
      if (one.streamName === other.streamName)
        throw new CommandError(`Both files name the stream ${one.streamName}: it would be compared with itself.`, 2);
      const read = ({ streamName, region, endpoint }: StreamSettings) => {
        const client = endpoint === undefined ? new KinesisClient({ region }) : localKinesisClient(endpoint, region);
        return streamResults(client, streamName, interrupted, new Date(since - AHEAD_MS)).records();
      };
      console.error(`. First: ${one.streamName}. Second: ${other.streamName}.`);
      const comparison = await compareResults(read(one), read(other), { since, until }, examples);
      interrupted.throwIfAborted();
      console.log(printComparison(comparison).join('\n'));
      const { compared, disagreeing } = counts(comparison);
      if (compared + disagreeing === 0) throw new CommandError('There are no results about that time.', 2);
      if (disagreeing > 0) throw new CommandError(`${disagreeing} results do not agree.`, BOOKS_DO_NOT_BALANCE);
      console.log(`All ${compared} results agree.`);
    });
}
