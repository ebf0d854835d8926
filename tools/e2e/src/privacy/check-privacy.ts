import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { CheckList } from '@ad-analytics/command-line/check-list';
import type { LocalStack } from '@ad-analytics/local-stack/stack';
import { runRecorded } from '@ad-analytics/pipeline/run-recorded';
import { summarize } from '@ad-analytics/pipeline/run-summary';
import { checkIndependently } from '@ad-analytics/verify/independent-check';
import { filesIn, filesWith } from '../isolation/check-isolation';
import { recordTraffic } from '../record-traffic';
import { occurring, personalTexts } from './personal-texts';

const SECRET = 'e2e/privacy-key';
const SETTING = 'Privacy/privacy.key.secret';
const SHOWN = 5;
const SHORT_KEY = 'hunter2-is-short';

/** Settings of the stack for {@link checkPrivacy}. */
export const PRIVACY_SETTINGS: Readonly<Record<string, string>> = {
  'privacy.user.ids': 'hmac',
  'privacy.addresses': 'cut',
  'privacy.key.secret': SECRET,
};

/** Asks the Secrets Manager of the local AWS, which does not check signatures. */
async function askSecretsManager(endpoint: string, operation: string, body: object): Promise<void> {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `secretsmanager.${operation}`,
      authorization:
        'AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/secretsmanager/aws4_request, SignedHeaders=host, Signature=0',
    },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${operation}: ${response.status} ${await response.text()}`);
}

/** Submits the job without its key, and with a key that is too short. Creates the secret. */
async function checkRefusals(stack: LocalStack, checks: CheckList): Promise<void> {
  const refusal = () =>
    stack.submit().then(
      () => 'it was accepted',
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );
  const missing = await refusal();
  checks.holds('the job does not start without its key, and names the setting', missing.includes(SETTING), missing);
  await askSecretsManager(stack.endpoint, 'CreateSecret', { Name: SECRET, SecretString: SHORT_KEY });
  const short = await refusal();
  const names = short.includes(SETTING) && short.includes(`${SHORT_KEY.length} bytes`);
  checks.holds('the job does not start with a short key, and names the setting', names, short);
  checks.equal('no file of the run, and no log, contains the short key', filesWith(stack.runFolder, [SHORT_KEY]), []);
}

/**
 * Runs recorded traffic with every anomaly through a job with pseudonyms and cut addresses, whose key is in Secrets Manager.
 * @param stack with {@link PRIVACY_SETTINGS}, without a job
 */
export async function checkPrivacy(stack: LocalStack, checks: CheckList, signal: AbortSignal): Promise<void> {
  await checkRefusals(stack, checks);
  const key = randomBytes(32).toString('hex');
  await askSecretsManager(stack.endpoint, 'PutSecretValue', { SecretId: SECRET, SecretString: key });

  const folder = path.join(stack.runFolder, 'traffic');
  mkdirSync(folder, { recursive: true });
  const { files } = await recordTraffic(folder, stack.settings.attribution.windowSeconds);
  const results = path.join(folder, 'results.jsonl');
  const say = (line: string) => console.error(`. ${line}`);
  const { lines, complete } = summarize(await runRecorded(stack, { ...files, results }, { say, signal }));
  console.log(lines.join('\n'));
  checks.holds('the books balance with pseudonyms', complete, 'see the summary above');

  const texts = await personalTexts([files.impression, files.click]);
  const inInput = occurring(readFileSync(files.impression, 'utf8'), texts);
  checks.holds(`the input contains ${texts.size} user ids and addresses`, inInput.length > 0, 'the search finds none');
  const found = occurring(readFileSync(results, 'utf8'), texts);
  checks.holds('no result contains one of them', found.length === 0, `${found.length}: ${found.slice(0, SHOWN)}`);
  const logs = filesIn(path.join(stack.runFolder, 'logs')).map((file) => readFileSync(file, 'utf8'));
  const inLogs = occurring(logs.join('\n'), texts);
  checks.holds('no log contains one of them', inLogs.length === 0, `${inLogs.length}: ${inLogs.slice(0, SHOWN)}`);
  checks.equal('no file of the run, and no log, contains the key', filesWith(stack.runFolder, [key]), []);

  const keyFile = path.join(stack.runFolder, 'privacy-key');
  writeFileSync(keyFile, `${key}\n`, { mode: 0o600 });
  await checkIndependently(stack, checks, signal, keyFile);
  // DuckDB is a native library: the other parts need not load it.
  const { checkArchive } = await import('@ad-analytics/archive/check-archive');
  await checkArchive(results, stack.runFolder, checks);
}
