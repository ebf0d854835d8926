import { type DeploymentScope, ownArns } from './deployment-scope';
import { allow, type Statement } from './policy';

/** @returns the permissions that Terraform needs for the archive: Firehose, Glue and Athena */
export function deployArchiveStatements(scope: DeploymentScope): Statement[] {
  const own = ownArns(scope);
  return [
    allow(
      'WriteArchive',
      [
        'firehose:CreateDeliveryStream',
        'firehose:DeleteDeliveryStream',
        'firehose:StartDeliveryStreamEncryption',
        'firehose:StopDeliveryStreamEncryption',
        'firehose:TagDeliveryStream',
        'firehose:UntagDeliveryStream',
        'firehose:UpdateDestination',
      ],
      own.firehoses,
    ),
    allow(
      'WriteCatalogue',
      [
        'glue:CreateDatabase',
        'glue:CreateTable',
        'glue:DeleteDatabase',
        'glue:DeleteTable',
        'glue:TagResource',
        'glue:UntagResource',
        'glue:UpdateDatabase',
        'glue:UpdateTable',
      ],
      own.glue,
    ),
    ...(scope.environment.archive.iceberg === undefined
      ? []
      : [
          allow(
            'WriteOptimizers',
            ['glue:CreateTableOptimizer', 'glue:DeleteTableOptimizer', 'glue:UpdateTableOptimizer'],
            own.glue,
          ),
        ]),
    allow(
      'WriteWorkgroups',
      [
        'athena:CreateNamedQuery',
        'athena:CreateWorkGroup',
        'athena:DeleteNamedQuery',
        'athena:DeleteWorkGroup',
        'athena:TagResource',
        'athena:UntagResource',
        'athena:UpdateWorkGroup',
      ],
      own.athena,
    ),
  ];
}
