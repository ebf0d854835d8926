import path from 'node:path';
import { sampleEnvironment, sampleSettings } from '../../test/sample-environment';
import { ENVIRONMENTS_FOLDER, loadEnvironment } from '../environments/load-environment';
import { UsageError } from './errors';
import { makeRedshiftViews, printedStatements } from './redshift';

const terraform = (outputs: unknown) => ({ json: () => Promise.resolve(outputs) });

describe('makeRedshiftViews', () => {
  it('rejects an environment without a warehouse, and says what to do', async () => {
    const made = makeRedshiftViews(sampleEnvironment(), terraform({}), false);
    await expect(made).rejects.toThrow(UsageError);
    await expect(made).rejects.toThrow(/`warehouse`/);
  });

  it('rejects a warehouse that is not deployed yet', async () => {
    const environment = loadEnvironment('eu-prod', path.join(ENVIRONMENTS_FOLDER, 'examples'));
    await expect(makeRedshiftViews(environment, terraform({}), false)).rejects.toThrow(/deploy/);
  });
});

describe('printedStatements', () => {
  it('are complete except for the role, and name the stream of the settings', () => {
    const text = printedStatements();
    expect(text).toContain(`FROM results_stream."${sampleSettings().results.streamName}"`);
    expect(text).not.toContain('${');
    expect(text.match(/^CREATE MATERIALIZED VIEW/gm)).toHaveLength(9);
  });
});
