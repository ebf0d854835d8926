import { AthenaNamedQuery } from '@cdktf/provider-aws/lib/athena-named-query';
import { AthenaWorkgroup } from '@cdktf/provider-aws/lib/athena-workgroup';
import { Construct } from 'constructs';
import { archiveQueries } from '@ad-analytics/archive-table';
import type { Environment } from '../environments/environment';
import { resourceName } from '../naming';
import { publish } from '../output';
import type { ArchiveCatalogue } from './archive-catalogue';
import type { EncryptionKey } from './encryption-key';
import { SecureBucket } from './secure-bucket';

const BYTES_PER_GIB = 1024 ** 3;
/** A query can be repeated; Athena itself deletes its history after 45 days. */
const KEEP_ANSWERS_DAYS = 30;

export interface ArchiveQueriesProps {
  readonly environment: Environment;
  readonly catalogue: ArchiveCatalogue;
  readonly key: EncryptionKey;
}

/** An Athena workgroup for analysts, with limits and the saved queries. */
export class ArchiveQueries extends Construct {
  constructor(scope: Construct, id: string, { environment, catalogue, key }: ArchiveQueriesProps) {
    super(scope, id);
    const answers = new SecureBucket(this, 'answers', {
      environment,
      part: 'query-answers',
      keyArn: key.arn,
      protect: false,
      retention: { expireAfterDays: KEEP_ANSWERS_DAYS, keepOldVersionsDays: 1 },
    });
    const workgroup = new AthenaWorkgroup(this, 'workgroup', {
      name: resourceName(environment, 'archive'),
      description: 'Queries of the archive of results',
      forceDestroy: true,
      configuration: {
        enforceWorkgroupConfiguration: true,
        publishCloudwatchMetricsEnabled: true,
        bytesScannedCutoffPerQuery: environment.archive.queryLimitGib * BYTES_PER_GIB,
        engineVersion: { selectedEngineVersion: 'Athena engine version 3' },
        resultConfiguration: {
          outputLocation: `s3://${answers.bucket.bucket}/`,
          encryptionConfiguration: { encryptionOption: 'SSE_KMS', kmsKeyArn: key.arn },
        },
      },
    });
    for (const { name, title, sql } of archiveQueries()) {
      new AthenaNamedQuery(this, name, {
        name,
        description: `${title}. Takes the first and the last day.`,
        database: catalogue.database,
        workgroup: workgroup.name,
        query: sql,
      });
    }
    publish(this, 'archive_workgroup', workgroup.name, 'Athena workgroup with the saved queries');
  }
}
