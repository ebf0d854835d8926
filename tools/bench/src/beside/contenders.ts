/** A Flink job that is compared with the packaged one. */
export interface Contender {
  readonly name: string;
  /** Entry point in the application; without it the packaged job. */
  readonly python?: string;
  readonly what: string;
  /**
   * How many times as many events it gets, of the same traffic: a fast program would have read all of them before its steady state could be
   * measured. Only for programs whose results are not compared with those of others.
   */
  readonly times?: number;
  /**
   * Format of its results. `views` must add up to the impressions of the input; the others are compared with those of other programs. If
   * missing, the results are not checked.
   */
  readonly results?: 'records' | 'tables' | 'views';
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
    times: 4,
    what: 'source and parser of this job only',
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
    name: 'attribution alone',
    python: 'bench/attribution.py',
    times: 4,
    what: 'the join alone, with the operators of this job, which also remove repeated events',
  },
  {
    name: 'Yahoo benchmark',
    python: 'bench/yahoo.py',
    times: 4,
    what: "filter, join ad to campaign, counts of 10 s; this job's source, parser and windows",
    results: 'views',
  },
];
