/** A job of Flink that is measured beside the packaged one. */
export interface Contender {
  readonly name: string;
  /** Entry point in the application; without it the packaged job. */
  readonly python?: string;
  readonly what: string;
  /** How its results are laid out; without it they are not compared. */
  readonly results?: 'records' | 'tables';
}

/** The packaged job's name in the tables. */
export const PACKAGED = 'this job';

/** The programs that are not Flink jobs. */
export const DUCKDB = 'DuckDB';
export const PATHWAY = 'Pathway join';

/** All jobs of Flink, in the order in which they run. */
export const CONTENDERS: readonly Contender[] = [
  { name: PACKAGED, what: 'the packaged graph: all record types, all rules', results: 'records' },
  {
    name: 'parse only',
    python: 'bench/parse_only.py',
    what: 'source and parser of this job, then nothing: the near limit',
  },
  {
    name: 'plain Flink SQL',
    python: 'bench/plain_sql.py',
    what: 'interval join, five tumbling windows with distinct users, settled windows, hopping windows for engagement and six rules',
    results: 'tables',
  },
  {
    name: 'PyFlink join',
    python: 'bench/python_join.py',
    what: 'the join alone, DataStream API, Python functions',
    results: 'tables',
  },
  {
    name: 'Yahoo benchmark',
    python: 'bench/yahoo.py',
    what: "filter, join ad to campaign, counts of 10 s; this job's source, parser and windows",
  },
];
