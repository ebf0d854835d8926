/** The environment variables of the function. */
export interface Environment {
  readonly region: string;
  /** URL of a local AWS; undefined: AWS itself. */
  readonly endpoint: string | undefined;
  readonly tableName: string;
  readonly deadLetterQueueUrl: string;
}

/** The configuration of the function is invalid. */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError';
}

function required(env: NodeJS.ProcessEnv, name: string): string {
  const value = env[name];
  if (value === undefined || value === '') {
    throw new EnvironmentError(`Environment variable ${name} is not set: add it to the function's configuration.`);
  }
  return value;
}

/**
 * @param env `AWS_REGION`, `RESULTS_TABLE`, `DEAD_LETTER_QUEUE_URL`, and for a local AWS `AWS_ENDPOINT_URL`
 * @returns them, checked
 * @throws {EnvironmentError} when one is missing. The function then fails at startup, where an invalid configuration is
 *   noticed immediately
 */
export function readEnvironment(env: NodeJS.ProcessEnv): Environment {
  return {
    region: required(env, 'AWS_REGION'),
    endpoint: env['AWS_ENDPOINT_URL'] || undefined,
    tableName: required(env, 'RESULTS_TABLE'),
    deadLetterQueueUrl: required(env, 'DEAD_LETTER_QUEUE_URL'),
  };
}
