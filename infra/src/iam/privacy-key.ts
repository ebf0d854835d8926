import type { PropertyGroup } from '@ad-analytics/pipeline-settings';
import type { Environment } from '../environments/environment';
import type { Account } from './account';
import { allow, type Statement } from './policy';

const GROUP = 'Privacy';
const SECRET = 'privacy.key.secret';

/** @returns the right to read these secrets, and no others; a name gets the six characters that Secrets Manager adds to it in the ARN */
const reading = (account: Account, secrets: readonly string[]): Statement[] =>
  secrets.length === 0
    ? []
    : [
        allow(
          'ReadPrivacyKey',
          ['secretsmanager:GetSecretValue'],
          secrets.map((secret) =>
            secret.startsWith('arn:') ? secret : account.arn('secretsmanager', `secret:${secret}-??????`),
          ),
        ),
      ];

/** @returns names or ARNs of the secrets with keys of pseudonyms, that the versions of the job in this environment use */
export function privacyKeySecrets({ flink, sideBySide }: Environment): string[] {
  const secrets = [flink.settings, sideBySide?.settings].map((settings) => settings?.[GROUP]?.[SECRET]);
  return [...new Set(secrets.filter((secret) => secret !== undefined))];
}

/** @returns the right of a job to read the key of its pseudonyms; nothing if its properties do not name one */
export const privacyKeyStatements = (account: Account, properties: readonly PropertyGroup[]): Statement[] =>
  reading(
    account,
    properties.flatMap(({ PropertyGroupId, PropertyMap }) =>
      PropertyGroupId === GROUP && PropertyMap[SECRET] !== undefined ? [PropertyMap[SECRET]] : [],
    ),
  );

/** @returns the same for all versions of the job in an environment */
export const privacyKeyBoundary = (account: Account, environment: Environment): Statement[] =>
  reading(account, privacyKeySecrets(environment));
