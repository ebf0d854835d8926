import type { KinesisFirehoseDeliveryStream } from '@cdktf/provider-aws/lib/kinesis-firehose-delivery-stream';
import { Construct } from 'constructs';
import type { Environment } from '../environments/environment';
import { publish } from '../output';
import { ArchiveCatalogue } from './archive-catalogue';
import { ArchiveDelivery } from './archive-delivery';
import { ArchiveQueries } from './archive-queries';
import type { EncryptionKey } from './encryption-key';
import type { EventStreams } from './event-streams';
import { IcebergTable } from './iceberg-table';
import { SecureBucket } from './secure-bucket';

/** For this many days, an accidental deletion can be undone. */
const KEEP_OLD_VERSIONS_DAYS = 30;

export interface ArchiveProps {
  readonly environment: Environment;
  readonly streams: EventStreams;
  readonly key: EncryptionKey;
}

/**
 * The permanent archive of all results, as libs/archive-table defines it: delivered by Firehose to S3, catalogued in Glue, queried with
 * Athena.
 */
export class Archive extends Construct {
  /** Name of the delivery stream, for its alarms. */
  readonly deliveryName: string;
  /** The Iceberg table, which contains each result once; undefined if the environment has none. */
  readonly iceberg: IcebergTable | undefined;
  /** Other constructs depend on it: after its creation, results are delivered. */
  readonly delivery: KinesisFirehoseDeliveryStream;

  constructor(scope: Construct, id: string, { environment, streams, key }: ArchiveProps) {
    super(scope, id);
    const { infrequentAccessAfterDays: days, expireAfterDays } = environment.archive;
    const store = new SecureBucket(this, 'store', {
      environment,
      part: 'archive',
      keyArn: key.arn,
      retention: {
        keepOldVersionsDays: KEEP_OLD_VERSIONS_DAYS,
        ...(expireAfterDays === undefined ? {} : { expireAfterDays }),
        ...(days === undefined ? {} : { transitions: [{ days, storageClass: 'STANDARD_IA' }] }),
      },
    });
    const catalogue = new ArchiveCatalogue(this, 'catalogue', { environment, bucket: store.bucket.bucket });
    const delivery = new ArchiveDelivery(this, 'delivery', {
      environment,
      streams,
      bucket: store.bucket,
      catalogue,
      key,
    });
    if (environment.archive.iceberg !== undefined) {
      this.iceberg = new IcebergTable(this, 'iceberg', {
        environment,
        settings: environment.archive.iceberg,
        streams,
        database: catalogue.database,
        databaseResource: catalogue.databaseResource,
        key,
      });
    }
    new ArchiveQueries(this, 'queries', { environment, catalogue, key });
    this.deliveryName = delivery.name;
    this.delivery = delivery.delivery;
    publish(this, 'archive_bucket', store.bucket.bucket, 'Bucket of the archive');
    publish(this, 'archive_database', catalogue.database, 'Glue database of the archive');
  }
}
