import { GetOpenIDConnectProviderCommand, GetPolicyCommand, GetRoleCommand } from '@aws-sdk/client-iam';
import { HeadBucketCommand } from '@aws-sdk/client-s3';
import type { Environment } from '../environments/environment';
import { BOUNDARY, DEPLOYMENT_ROLES } from '../iam/deployment-scope';
import { resourceName } from '../naming';
import type { PreflightClients } from './clients';
import { advice, errorName, type Finding, finding, ifThere, ok, wrong } from './finding';

const BOOTSTRAP = (name: string) =>
  `run, with the permission to create roles: npx nx run infra:bootstrap --env ${name}`;

/** @returns whether the bucket of the state exists and belongs to the account */
export async function lookAtState(
  { state, name }: Environment,
  { objects }: PreflightClients,
): Promise<readonly Finding[]> {
  if (state === undefined) {
    const todo = `name a bucket in infra/environments/${name}.json: "state": { "bucket": "..." }`;
    return [advice('state', 'Terraform will keep the state in a file on this machine', todo)];
  }
  return finding('state', 's3:ListBucket', async () => {
    try {
      return (await ifThere(objects.send(new HeadBucketCommand({ Bucket: state.bucket })))) === undefined
        ? wrong('state', `bucket is missing: ${state.bucket}`, BOOTSTRAP(name))
        : ok('state', `the bucket ${state.bucket} exists`);
    } catch (error) {
      if (errorName(error) !== 'Forbidden' && errorName(error) !== '403') throw error;
      return wrong(
        'state',
        `the bucket ${state.bucket} rejects these credentials, or belongs to another account`,
        'sign in with permissions for it, or name another bucket: bucket names are globally unique',
      );
    }
  });
}

/** @returns whether the roles of GitHub Actions, their boundary and the OIDC provider exist */
export async function lookAtRoles(
  environment: Environment,
  { roles }: PreflightClients,
  account: string,
): Promise<readonly Finding[]> {
  const { github, name } = environment;
  if (github === undefined) return [];
  return finding('roles of GitHub', 'iam:GetRole, iam:GetPolicy', async () => {
    const boundary = `arn:aws:iam::${account}:policy/${resourceName(environment, BOUNDARY)}`;
    const provider = `arn:aws:iam::${account}:oidc-provider/token.actions.githubusercontent.com`;
    const parts: [string, Promise<unknown>][] = [
      ...DEPLOYMENT_ROLES.map((part): [string, Promise<unknown>] => {
        const RoleName = resourceName(environment, part);
        return [`the role ${RoleName}`, ifThere(roles.send(new GetRoleCommand({ RoleName })))];
      }),
      [`the policy ${boundary}`, ifThere(roles.send(new GetPolicyCommand({ PolicyArn: boundary })))],
      [
        `the provider ${provider}`,
        ifThere(roles.send(new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: provider }))),
      ],
    ];
    const answers = await Promise.all(parts.map(([, call]) => call));
    const missing = parts.filter((_, at) => answers[at] === undefined).map(([what]) => what);
    return missing.length === 0
      ? ok('roles of GitHub', 'roles, boundary and provider exist')
      : wrong('roles of GitHub', `missing: ${missing.join(', ')}`, BOOTSTRAP(name));
  });
}
