import { z } from 'zod';

const bucketName = z.string().regex(/^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/, 'must be 3 to 63 of the characters a-z 0-9 -');

/** Location of the Terraform state. */
export const stateSettings = z
  .strictObject({
    bucket: bucketName.describe('S3 bucket, created by `infra:bootstrap`. Bucket names are globally unique.'),
  })
  .describe('Remote state, locked, in S3; absent: a local file, for trying out.');

const githubId = z.string().regex(/^[0-9]+$/, 'must be a number');

/** Deployment from GitHub Actions. */
export const githubSettings = z
  .strictObject({
    repository: z
      .string()
      .regex(/^[A-Za-z0-9_.-]+\/[A-Za-z0-9_.-]+$/, 'must be owner/name')
      .describe(
        'The repository whose workflows may assume the roles: to deploy from the branch in the GitHub environment of the same name, and to plan in pull requests.',
      ),
    ids: z
      .strictObject({ owner: githubId, repository: githubId })
      .optional()
      .describe(
        'Numeric ids of owner and repository. Tokens of repositories created or renamed since 2026-07-15 contain both; without the ids their workflows cannot assume the roles. See the README.',
      ),
    branch: z
      .string()
      .regex(/^[A-Za-z0-9._/-]+$/, 'must be the name of a branch')
      .describe('The only branch whose workflows may deploy, such as main.'),
    createProvider: z
      .boolean()
      .describe(
        'Whether to create the OIDC provider of GitHub; false if the account has it already, because an account can have only one.',
      ),
  })
  .describe('Roles for GitHub Actions by OIDC, created by `infra:bootstrap`; absent: none.');

/** Producers of other accounts. */
export const producerSettings = z
  .array(
    z
      .string()
      .regex(
        /^arn:aws:iam::[0-9]{12}:(?:role|user)\/[A-Za-z0-9+=,.@_/-]+$/,
        'must be the ARN of a role or a user, such as arn:aws:iam::123456789012:role/ad-server',
      ),
  )
  .min(1)
  .describe(
    'Roles and users of other accounts that may put records into the two input streams, and use the key for this. Each must exist, and its account must also allow it. Absent: none.',
  );

/** A network that is created for the environment. */
export const ownNetworkSettings = z
  .strictObject({
    cidr: z
      .string()
      .regex(
        /^(?:10\.[0-9]{1,3}|172\.(?:1[6-9]|2[0-9]|3[01])|192\.168)\.[0-9]{1,3}\.0\/(?:1[6-9]|2[0-2])$/,
        'must be private addresses such as 10.20.0.0/16, of a prefix from 16 to 22',
      )
      .describe(
        'Address range of the VPC. Each subnet has a sixteenth of it; each KPU and endpoint uses some addresses.',
      ),
    zones: z
      .array(z.string().regex(/^[a-z]{2}(?:-[a-z]+)+-[0-9][a-z]$/, 'must be an availability zone such as us-east-1a'))
      .min(2)
      .max(3)
      .describe(
        'Availability zones of the region, by name, a private subnet in each. Add a zone at the end: a changed order moves subnets.',
      ),
  })
  .describe(
    'A VPC without a way to the internet, with private subnets and endpoints of the services that the Flink application and the Lambda call; each endpoint costs by the hour and zone. Use it instead of network.',
  );

export type OwnNetworkSettings = z.infer<typeof ownNetworkSettings>;

/** An existing network to run in. */
export const networkSettings = z
  .strictObject({
    subnetIds: z.array(z.string().regex(/^subnet-[0-9a-f]+$/, 'must be a subnet id')).min(1),
    securityGroupIds: z.array(z.string().regex(/^sg-[0-9a-f]+$/, 'must be a security group id')).min(1),
  })
  .describe(
    "Subnets for the Flink application and the Lambda, with a way to the AWS APIs (endpoints or NAT); absent: the service's own network.",
  );
