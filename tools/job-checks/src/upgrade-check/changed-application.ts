import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { replaceOnce } from './replace-once';

/** A change of the packaged application, made in a copy of it. */
export type Trial = 'rule' | 'result-field' | 'event-field';

/** The rule that the trial adds: it has the alerts of click_velocity_ip and click_velocity_user. */
export const TRIAL_RULE = 'trial_rule';
/** The field that the trial adds to campaign_metrics: impressions and clicks together. */
export const TRIAL_FIELD = 'events';
/** The field that the trial adds to impressions: text or null. */
export const TRIAL_EVENT_FIELD = 'placement';

/** An additional rule with its generated code. @param clicks more clicks than this violate it */
function addRule(application: string, clicks: number): void {
  const view = `fraud_${TRIAL_RULE}`;
  const sql = `CREATE TEMPORARY VIEW ${view} AS
SELECT
  '${TRIAL_RULE}' AS rule,
  actor_type,
  actor_id,
  window_start,
  window_end,
  CAST(clicks AS DOUBLE) AS observed,
  CAST(${clicks} AS DOUBLE) AS threshold
FROM short_actor_windows
WHERE clicks > ${clicks}
`;
  const folder = path.join(application, 'sql', 'rules', TRIAL_RULE);
  mkdirSync(folder);
  writeFileSync(path.join(folder, 'rule.sql'), sql);
  // The trial rule comes first, so that the positions of all other rules change.
  const registered = 'SQL_SETTINGS: Mapping[str, tuple[str, ...]] = {\n';
  replaceOnce(application, 'ad_analytics/fraud_rules.py', registered, `${registered}    "${TRIAL_RULE}": (),\n`);
  const first = 'FROM (\n';
  replaceOnce(application, 'sql/views/fraud_alerts.sql', first, `${first}  SELECT * FROM ${view}\n  UNION ALL\n`);
}

function addResultField(application: string): void {
  replaceOnce(
    application,
    'sql/sinks/campaign_metrics.sql',
    'unique_users BIGINT\n',
    `unique_users BIGINT,\n    ${TRIAL_FIELD} BIGINT\n`,
  );
  replaceOnce(
    application,
    'sql/inserts/campaign_metrics.sql',
    '    unique_users\n',
    '    unique_users,\n    impressions + clicks\n',
  );
}

/** Adds the field to the schema from which the jar makes the rules of the parser, so that the parser checks its values. */
const ADD_EVENT_FIELD = `
import json, os, sys, zipfile
jar, field = sys.argv[1:]
name = "schemas/impression.schema.json"
with zipfile.ZipFile(jar) as old, zipfile.ZipFile(jar + ".new", "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new:
    for entry in old.infolist():
        data = old.read(entry)
        if entry.filename == name:
            schema = json.loads(data)
            assert field not in schema["properties"], field
            schema["properties"][field] = {"type": ["string", "null"]}
            data = json.dumps(schema).encode()
        new.writestr(entry, data)
os.replace(jar + ".new", jar)
`;

/**
 * Copies an unpacked application and changes the copy.
 * @param application unpacked folder
 * @param folder of the copy; its parent must exist
 * @param trials what to change
 * @param options `clicks`: more clicks than this violate the added rule; `python` of the environment
 * @throws Error if a file does not contain the text that the change replaces
 */
export async function changedApplication(
  application: string,
  folder: string,
  trials: readonly Trial[],
  options: { readonly clicks: number; readonly python: string },
): Promise<void> {
  cpSync(application, folder, { recursive: true });
  if (trials.includes('rule')) addRule(folder, options.clicks);
  if (trials.includes('result-field')) addResultField(folder);
  if (trials.includes('event-field')) {
    const jar = path.join(folder, 'lib', 'pyflink-dependencies.jar');
    await promisify(execFile)(options.python, ['-c', ADD_EVENT_FIELD, jar, TRIAL_EVENT_FIELD]);
  }
}
