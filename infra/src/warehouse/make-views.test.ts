import { makeViews, type Outcome, RESULT_DELIVERY } from './make-views';
import { warehouseStatements } from './statements';

const STATEMENTS = warehouseStatements({ role_arn: 'arn', results_stream: 'results' });

/** Records the statements; `existing` are the existing materialized views. */
async function made(existing: readonly string[], rebuild = false) {
  const run: string[] = [];
  const outcomes = new Map<string, Outcome>();
  const warehouse = {
    run: (name: string, sql: string) => {
      run.push(sql);
      return Promise.resolve(name);
    },
    texts: () => Promise.resolve([...existing]),
  };
  await makeViews(warehouse, STATEMENTS, { rebuild, onDone: (name, outcome) => outcomes.set(name, outcome) });
  return { run, outcomes };
}

const all = STATEMENTS.flatMap(({ makes }) => (makes === undefined ? [] : [makes]));

describe('makeViews', () => {
  it('runs every statement in order in an empty warehouse', async () => {
    const { run, outcomes } = await made([]);
    expect(run).toEqual(STATEMENTS.map(({ sql }) => sql));
    expect([...outcomes.keys()]).toEqual(STATEMENTS.map(({ name }) => name));
  });

  it('keeps existing materialized views, and creates the others again', async () => {
    const { run, outcomes } = await made(all);
    expect(run.some((sql) => sql.includes('MATERIALIZED VIEW ad'))).toBe(false);
    expect(run).toHaveLength(STATEMENTS.length - all.length);
    expect(outcomes.get('streaming/result_delivery.sql')).toBe('there already');
    expect(outcomes.get('views/late_event.sql')).toBe('run');
  });

  it('recreates derived views on request, but never drops the deliveries, which the stream no longer has', async () => {
    const { run, outcomes } = await made(all, true);
    const drops = run.filter((sql) => sql.startsWith('DROP'));
    expect(drops).toHaveLength(all.length - 1);
    expect(drops.some((sql) => sql.includes(RESULT_DELIVERY))).toBe(false);
    expect(outcomes.get('deliveries/late_event_delivery.sql')).toBe('recreated');
    expect(run.indexOf('DROP MATERIALIZED VIEW ad_analytics.late_event_delivery')).toBeLessThan(
      run.findIndex((sql) => sql.includes('CREATE MATERIALIZED VIEW ad_analytics.late_event_delivery')),
    );
  });
});
