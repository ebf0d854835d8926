/** Prefix of the names of scheduled snapshots; the schedule deletes only these. */
const SNAPSHOT_PREFIX = 'scheduled-';

const DAY_MS = 86_400_000;
/** Maximum page size of ListApplicationSnapshots. */
const PAGE = 50;
/** Seconds after which a hanging execution is ended, which causes an alarm. */
const TIMEOUT_SECONDS = 1_800;

/** Retries: the service rejects calls during another operation. The first delay is half a minute and then doubles. */
const RETRY = [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 30, MaxAttempts: 4, BackoffRate: 2 }];

/** @returns a JSONata expression in the syntax of Step Functions */
const jsonata = (expression: string) => `{% ${expression} %}`;

/** Expressions of the state machine, which the tests evaluate directly. */
export const EXPRESSIONS = {
  /** From the context: a name with the time, in characters that a snapshot name may have. */
  name: `'${SNAPSHOT_PREFIX}' & $replace($substringBefore($states.context.State.EnteredTime, '.'), ':', '-')`,
  /** From a response of ListApplicationSnapshots: complete scheduled snapshots that are older than the limit. */
  old: (keepDays: number) =>
    `[$states.result.SnapshotSummaries[$substring(SnapshotName, 0, ${SNAPSHOT_PREFIX.length}) = '${SNAPSHOT_PREFIX}' and SnapshotStatus = 'READY' and $toMillis(SnapshotCreationTimestamp) < $millis() - ${keepDays * DAY_MS}].{'name': SnapshotName, 'time': SnapshotCreationTimestamp}]`,
  /** From the same response: the token of the next page; empty on the last page. */
  token: `$exists($states.result.NextToken) ? $states.result.NextToken : ''`,
} as const;

/**
 * @param partition of AWS, such as `aws`
 * @param application name
 * @param keepDays days until a scheduled snapshot is deleted
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
      // A stopped application has the snapshot of its stop.
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
