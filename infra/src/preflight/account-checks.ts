import { ListStreamsCommand } from '@aws-sdk/client-kinesis';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import type { Environment } from '../environments/environment';
import type { PreflightClients } from './clients';
import { advice, errorName, type Finding, finding, ok, wrong } from './finding';

/** The identity of the credentials. */
export interface Caller {
  /** Undefined without valid credentials. */
  readonly account: string | undefined;
  readonly findings: readonly Finding[];
}

/** @returns the identity of the credentials, and whether they belong to the account of the environment */
export async function lookAtCaller({ accountId, name }: Environment, clients: PreflightClients): Promise<Caller> {
  let account: string | undefined;
  let arn: string | undefined;
  try {
    ({ Account: account, Arn: arn } = await clients.identity.send(new GetCallerIdentityCommand({})));
  } catch (error) {
    const found = `AWS does not accept any credentials: ${errorName(error)}: ${(error as Error).message}`;
    const todo = 'sign in (aws sso login, or set AWS_PROFILE), and try: aws sts get-caller-identity';
    return { account: undefined, findings: [wrong('credentials', found, todo)] };
  }
  const file = `infra/environments/${name}.json`;
  const ofAccount =
    accountId === undefined
      ? advice(
          'account',
          `${account}; the environment does not name an account`,
          `put "accountId": "${account}" into ${file}`,
        )
      : accountId === account
        ? ok('account', `${account}, as the environment says`)
        : wrong(
            'account',
            `${account}, but the environment names ${accountId}`,
            `sign in to ${accountId}, or correct ${file}`,
          );
  return { account, findings: [ok('credentials', `of ${arn}`), ofAccount] };
}

/** Error codes of a region that is not enabled for the account. */
const REGION_IS_OFF = ['UnrecognizedClientException', 'InvalidClientTokenId', 'OptInRequired', 'AuthFailure'];

/** @returns whether the region of the environment can be used */
export async function lookAtRegion(
  { region }: Environment,
  { streams }: PreflightClients,
): Promise<readonly Finding[]> {
  return finding('region', 'kinesis:ListStreams', async () => {
    try {
      await streams.send(new ListStreamsCommand({ Limit: 1 }));
    } catch (error) {
      if (!REGION_IS_OFF.includes(errorName(error))) throw error;
      return wrong(
        'region',
        `${region} rejects the credentials`,
        `enable ${region} for the account, or name another region`,
      );
    }
    return ok('region', `${region} answers`);
  });
}

/** @returns whether the mails of alarms and of the budget have a recipient */
export function lookAtMail({ alarms, name }: Environment): readonly Finding[] {
  return alarms.emails.length === 0
    ? [
        wrong(
          'alarms',
          'alarms.emails is empty: mails of alarms and of the budget would not reach anyone',
          `add an address to infra/environments/${name}.json`,
        ),
      ]
    : [ok('alarms', `mails go to ${alarms.emails.join(', ')}; each must confirm once`)];
}
