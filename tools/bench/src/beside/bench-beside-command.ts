import type { Command } from 'commander';
import { type GraphFlags, addGraphOptions } from '../graph-options';
import { type PartFlags, partCommand } from '../part-command';
import { knownNames, wholeNumber } from '@ad-analytics/command-line/options';
import { CONTENDERS, DUCKDB, PATHWAY } from './contenders';

interface Flags extends PartFlags, GraphFlags {
  readonly events: number;
  readonly parallelism: number;
  readonly only?: readonly string[];
}

const NAMES = [...CONTENDERS.map(({ name }) => name), DUCKDB, PATHWAY];

/** Parses names of programs. */
export const parsePrograms = knownNames('program', NAMES);

/**
 * `bench-beside`: compares the packaged job with other programs on the same input bytes.
 * @param interrupted aborts the command
 */
export function benchBesideCommand(interrupted: AbortSignal): Command {
  return partCommand<Flags>(
    {
      name: 'beside',
      description:
        'Compare the packaged job with parsing alone, the analytics in plain Flink SQL, the join in PyFlink and in Pathway, DuckDB, and the Yahoo streaming benchmark, in turns and on the same bytes, and check whether the results agree.',
      runs: 3,
      options: (command) =>
        // With the default, the column families of the plain SQL fill the memory for write buffers, and the comparison would be unfair.
        addGraphOptions(command, { rate: 500, warmUp: 0.5, writeBuffer: 4 })
          .option('--events <n>', 'records of both streams together', wholeNumber(1_000), 600_000)
          .option('--parallelism <n>', 'parallel subtasks, and threads of DuckDB', wholeNumber(1), 2)
          .option('--only <programs>', `comma-separated: ${NAMES.join(', ')}`, parsePrograms),
      measure: async (flags, session) => {
        // DuckDB is a native library: the other commands need not load it.
        const { benchBeside } = await import('./bench-beside');
        return benchBeside(flags, session);
      },
    },
    interrupted,
  );
}
