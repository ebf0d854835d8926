/** Names of snapshots that the schedule takes begin so; it deletes no others. */
const SNAPSHOT_PREFIX = 'scheduled-';

const DAY_MS = 86_400_000;
/** As many as ListApplicationSnapshots gives at once. */
const PAGE = 50;
/** Seconds after which an execution that hangs ends, and rings. */
const TIMEOUT_SECONDS = 1_800;

/** The service refuses calls while another operation is under way: half a minute, then twice that, and so on. */
const RETRY = [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 30, MaxAttempts: 4, BackoffRate: 2 }];

/** @returns an expression in JSONata, as Step Functions wants it */
const jsonata = (expression: string) => `{% ${expression} %}`;

/** Expressions of the machine, which the tests run by themselves. */
export const EXPRESSIONS = {
  /** Of the context: a name by the time, in characters that a snapshot may have. */
  name: `'${SNAPSHOT_PREFIX}' & $replace($substringBefore($states.context.State.EnteredTime, '.'), ':', '-')`,
  /** Of an answer of ListApplicationSnapshots: what is older than the days, taken by the schedule, and whole. */
  old: (keepDays: number) =>
    `[$states.result.SnapshotSummaries[$substring(SnapshotName, 0, ${SNAPSHOT_PREFIX.length}) = '${SNAPSHOT_PREFIX}' and SnapshotStatus = 'READY' and $toMillis(SnapshotCreationTimestamp) < $millis() - ${keepDays * DAY_MS}].{'name': SnapshotName, 'time': SnapshotCreationTimestamp}]`,
  /** Of the same: where the next page begins; empty at the end. */
  token: `$exists($states.result.NextToken) ? $states.result.NextToken : ''`,
} as const;

/**
 * @param partition of AWS, such as `aws`
 * @param application name
 * @param keepDays how long a snapshot of the schedule stays
 * @returns a state machine of Step Functions, as JSON: takes a snapshot of the application if it runs, and deletes its old snapshots
 */
export function snapshotMachine(partition: string, application: string, keepDays: number): string {
  const call = (operation: string, more: object, then: object) => ({
    Type: 'Task',
    Resource: `arn:${partition}:states:::aws-sdk:kinesisanalyticsv2:${operation}`,
    Arguments: { ApplicationName: application, ...more },
    Retry: RETRY,
    ...then,
  });
  const old = EXPRESSIONS.old(keepDays);
  return JSON.stringify({
    Comment: 'Takes a snapshot of the Flink application and deletes its old scheduled snapshots',
    QueryLanguage: 'JSONata',
    TimeoutSeconds: TIMEOUT_SECONDS,
    StartAt: 'Look',
    States: {
      Look: call(
        'describeApplication',
        {},
        { Output: jsonata('$states.result.ApplicationDetail.ApplicationStatus'), Next: 'DoesItRun' },
      ),
      // One that is stopped has the snapshot that was taken then.
      DoesItRun: {
        Type: 'Choice',
        Choices: [{ Condition: jsonata("$states.input = 'RUNNING'"), Next: 'Take' }],
        Default: 'List',
      },
      Take: call('createApplicationSnapshot', { SnapshotName: jsonata(EXPRESSIONS.name) }, { Next: 'List' }),
      List: call(
        'listApplicationSnapshots',
        { Limit: PAGE },
        { Assign: { old: jsonata(old), token: jsonata(EXPRESSIONS.token) }, Next: 'IsThereMore' },
      ),
      IsThereMore: {
        Type: 'Choice',
        Choices: [{ Condition: jsonata("$token != ''"), Next: 'ListMore' }],
        Default: 'DeleteOld',
      },
      ListMore: call(
        'listApplicationSnapshots',
        { Limit: PAGE, NextToken: jsonata('$token') },
        {
          Assign: { old: jsonata(`$append($old, ${old})`), token: jsonata(EXPRESSIONS.token) },
          Next: 'IsThereMore',
        },
      ),
      DeleteOld: {
        Type: 'Map',
        Items: jsonata('$old'),
        MaxConcurrency: 1,
        ItemProcessor: {
          ProcessorConfig: { Mode: 'INLINE' },
          StartAt: 'Delete',
          States: {
            Delete: call(
              'deleteApplicationSnapshot',
              {
                SnapshotName: jsonata('$states.input.name'),
                SnapshotCreationTimestamp: jsonata('$states.input.time'),
              },
              { End: true },
            ),
          },
        },
        End: true,
      },
    },
  });
}
