import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { listenOnLoopback } from '@ad-analytics/local-stack/loopback-server';

/** The settings of a user who has access to a real account. All values are made up. */
const ACCESS_KEY = 'AKIAUSERSOWNKEY00000';
const SECRET_KEY = 'the-users-own-secret-access-key';
const SESSION_TOKEN = 'the-users-own-session-token';
const FILE_ACCESS_KEY = 'AKIAUSERSPROFILE0000';
const FILE_SECRET_KEY = 'the-secret-key-of-the-users-profile';

/** The user's AWS settings, which all point to a listener that records who uses them. */
export interface UserAws {
  /** Variables as the user's shell has them. */
  readonly environment: Readonly<Record<string, string>>;
  /** Texts that no process, file or request of a local run may contain. */
  readonly secrets: readonly string[];
  /** @returns a line for each request to the user's endpoints and for each use of the credential program */
  uses(): string[];
  close(): Promise<void>;
}

/** @returns AWS's config file: the profile gets its credentials from a program that records each call */
function configFile(endpoint: string, usedFile: string): string {
  const script = `require("fs").appendFileSync(${JSON.stringify(usedFile)}, "credential_process\\n"); console.log(JSON.stringify({Version: 1, AccessKeyId: "${FILE_ACCESS_KEY}", SecretAccessKey: "${FILE_SECRET_KEY}"}))`;
  const encoded = Buffer.from(script).toString('base64');
  const program = `"${process.execPath}" -e "eval(Buffer.from('${encoded}','base64').toString())"`;
  return ['[default]', '[profile production]']
    .map(
      (section) => `${section}\nregion = eu-central-1\nendpoint_url = ${endpoint}\ncredential_process = ${program}\n`,
    )
    .join('\n');
}

/**
 * Makes up a user who has AWS settings of every kind: keys, a session token, a profile with a credential program, endpoints, and the
 * metadata services of EC2 and ECS. Each use of one of them is recorded.
 * @returns the settings; the caller closes it
 */
export async function createUserAws(): Promise<UserAws> {
  const folder = mkdtempSync(path.join(realpathSync(os.tmpdir()), 'user-aws-'));
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const target = request.headers['x-amz-target'] ?? '';
    requests.push(`${request.method} ${request.url} ${String(target)}`.trim());
    response.writeHead(500).end();
  });
  const { endpoint, close } = await listenOnLoopback(server);
  const [config, credentials, used] = ['config', 'credentials', 'used'].map((name) => path.join(folder, name)) as [
    string,
    string,
    string,
  ];
  writeFileSync(used, '');
  writeFileSync(config, configFile(endpoint, used));
  writeFileSync(
    credentials,
    `[staging]\naws_access_key_id = ${FILE_ACCESS_KEY}\naws_secret_access_key = ${FILE_SECRET_KEY}\n`,
  );
  const services = ['KINESIS', 'DYNAMODB', 'SQS', 'S3', 'STS', 'CLOUDWATCH', 'FIREHOSE'];
  return {
    environment: {
      AWS_PROFILE: 'production',
      AWS_ACCESS_KEY_ID: ACCESS_KEY,
      AWS_SECRET_ACCESS_KEY: SECRET_KEY,
      AWS_SESSION_TOKEN: SESSION_TOKEN,
      AWS_REGION: 'eu-central-1',
      AWS_CONFIG_FILE: config,
      AWS_SHARED_CREDENTIALS_FILE: credentials,
      AWS_ENDPOINT_URL: endpoint,
      ...Object.fromEntries(services.map((service) => [`AWS_ENDPOINT_URL_${service}`, endpoint])),
      AWS_EC2_METADATA_SERVICE_ENDPOINT: endpoint,
      AWS_CONTAINER_CREDENTIALS_FULL_URI: `${endpoint}/container-credentials`,
    },
    secrets: [ACCESS_KEY, SECRET_KEY, SESSION_TOKEN, FILE_ACCESS_KEY, FILE_SECRET_KEY],
    uses: () => [...requests, ...readFileSync(used, 'utf8').split('\n').filter(Boolean)],
    close: async () => {
      await close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/**
 * Runs work with these variables set in this process, and puts the former values back afterwards.
 * @param environment variables to set
 * @param work what to run
 * @returns what the work returns
 */
export async function withEnvironment<T>(
  environment: Readonly<Record<string, string>>,
  work: () => Promise<T>,
): Promise<T> {
  const before = Object.fromEntries(Object.keys(environment).map((name) => [name, process.env[name]]));
  Object.assign(process.env, environment);
  try {
    return await work();
  } finally {
    for (const [name, value] of Object.entries(before)) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
}
