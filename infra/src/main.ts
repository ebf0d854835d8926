/** Synthesises the Terraform JSON of every environment, or of those that are named, into infra/cdktf.out. */
import path from 'node:path';
import { App } from 'cdktf';
import { loadPropertyGroups, pipelineSettings } from '@ad-analytics/pipeline-settings';
import { environmentNames, loadEnvironment } from './environments/load-environment';
import { PipelineStack } from './stacks/pipeline-stack';

const PROJECT_ROOT = path.join(__dirname, '..');
const SETTINGS_FILE = path.join(PROJECT_ROOT, '..', 'flink', 'kinesis-config.json');

const app = new App({ outdir: path.join(PROJECT_ROOT, 'cdktf.out') });
const settings = pipelineSettings(loadPropertyGroups(SETTINGS_FILE), SETTINGS_FILE);
const asked = process.argv.slice(2);
for (const name of asked.length > 0 ? asked : environmentNames()) {
  new PipelineStack(app, name, { environment: loadEnvironment(name), settings });
}
app.synth();
