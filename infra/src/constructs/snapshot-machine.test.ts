import jsonata from 'jsonata';
import { EXPRESSIONS, snapshotMachine } from './snapshot-machine';

interface State {
  readonly Type: string;
  readonly Resource?: string;
  readonly Arguments?: Record<string, unknown>;
  readonly Next?: string;
  readonly Default?: string;
  readonly End?: boolean;
  readonly Choices?: readonly { readonly Next: string }[];
  readonly ItemProcessor?: { readonly StartAt: string; readonly States: Record<string, State> };
}

const machine = JSON.parse(snapshotMachine('aws', 'ad-analytics-prod-flink', 7)) as {
  StartAt: string;
  TimeoutSeconds: number;
  States: Record<string, State>;
};
const DAY_MS = 86_400_000;
const ago = (days: number) => new Date(Date.now() - days * DAY_MS).toISOString();

/** Runs an expression like Step Functions: its variables are bound in addition to `$states`. */
const run = (expression: string, states: object, variables: object = {}) =>
  jsonata(expression).evaluate({}, { states, ...variables }) as Promise<unknown>;

describe('snapshotMachine', () => {
  it('has only transitions to existing states, and ends', () => {
    const states = { ...machine.States, ...machine.States['DeleteOld']?.ItemProcessor?.States };
    const next = Object.values(states).flatMap(({ Next, Default, Choices = [] }) =>
      [Next, Default, ...Choices.map((choice) => choice.Next)].filter((name) => name !== undefined),
    );
    expect(next.filter((name) => !(name in machine.States))).toEqual([]);
    expect(Object.keys(states)).toContain(machine.StartAt);
    expect(new Set([machine.StartAt, ...next]).size).toBe(Object.keys(machine.States).length);
    expect(machine.States['DeleteOld']?.End).toBe(true);
    expect(machine.TimeoutSeconds).toBeGreaterThan(0);
  });

  it('calls only Managed Flink, for its application, with a limited number of retries', () => {
    const text = JSON.stringify(machine);
    const resources = [...text.matchAll(/"Resource":"([^"]+)"/g)].map(([, arn]) => arn);
    expect(new Set(resources)).toEqual(
      new Set(
        [
          'describeApplication',
          'createApplicationSnapshot',
          'listApplicationSnapshots',
          'deleteApplicationSnapshot',
        ].map((operation) => `arn:aws:states:::aws-sdk:kinesisanalyticsv2:${operation}`),
      ),
    );
    expect(text.split('"ApplicationName":"ad-analytics-prod-flink"')).toHaveLength(resources.length + 1);
    expect(text.split('"MaxAttempts":4')).toHaveLength(resources.length + 1);
  });

  it('has only valid JSONata expressions', () => {
    const expressions = [...JSON.stringify(machine).matchAll(/"\{% (.*?) %\}"/g)].map(([, text]) => text ?? '');
    expect(expressions.length).toBeGreaterThan(8);
    for (const expression of expressions) expect(() => jsonata(expression)).not.toThrow();
  });

  it('names a snapshot by the time, with characters that the service accepts', async () => {
    const states = { context: { State: { EnteredTime: '2026-11-27T13:40:05.123Z' } } };
    const name = await run(EXPRESSIONS.name, states);
    expect(name).toBe('scheduled-2026-11-27T13-40-05');
    expect(name).toMatch(/^[a-zA-Z0-9_.-]{1,256}$/);
  });

  const snapshot = (SnapshotName: string, days: number, SnapshotStatus = 'READY') => ({
    SnapshotName,
    SnapshotStatus,
    SnapshotCreationTimestamp: ago(days),
  });

  it('finds its complete old snapshots, and ignores those of another origin', async () => {
    const old = snapshot('scheduled-old', 7.1);
    const SnapshotSummaries = [
      snapshot('scheduled-young', 6.9),
      old,
      snapshot('before-CHANGE', 30),
      snapshot('by-the-service', 30),
      snapshot('scheduled-half', 30, 'CREATING'),
    ];
    expect(await run(EXPRESSIONS.old(7), { result: { SnapshotSummaries } })).toEqual([
      { name: 'scheduled-old', time: old.SnapshotCreationTimestamp },
    ]);
  });

  it.each([
    ['none', []],
    ['no list at all', undefined],
  ])('finds nothing in %s', async (_, SnapshotSummaries) => {
    expect(await run(EXPRESSIONS.old(7), { result: { SnapshotSummaries } })).toEqual([]);
  });

  it('collects the old snapshots of all pages', async () => {
    const page = { result: { SnapshotSummaries: [snapshot('scheduled-b', 8)] } };
    const gathered = await run(`$append($old, ${EXPRESSIONS.old(7)})`, page, { old: [{ name: 'a', time: 't' }] });
    expect((gathered as { name: string }[]).map(({ name }) => name)).toEqual(['a', 'scheduled-b']);
    expect(await run(EXPRESSIONS.token, { result: { NextToken: 'next' } })).toBe('next');
    expect(await run(EXPRESSIONS.token, { result: {} })).toBe('');
  });
});
