import { HeadObjectCommand, S3ServiceException, type S3Client } from '@aws-sdk/client-s3';
import { UsageError } from './errors';

const NOT_FOUND = 404;
const FORBIDDEN = 403;

/**
 * @param client of S3
 * @param bucket of the state
 * @param key of the state
 * @returns whether it exists
 * @throws {UsageError} when the bucket belongs to another account, or the credentials lack the permission to read it
 */
export async function stateExists(client: Pick<S3Client, 'send'>, bucket: string, key: string): Promise<boolean> {
  try {
    await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
    return true;
  } catch (error) {
    const status = error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
    if (status === NOT_FOUND) return false;
    if (status !== FORBIDDEN) throw error;
    throw new UsageError(
      `The bucket ${bucket} cannot be read: it belongs to another account (bucket names are globally unique), or these credentials lack the permission.`,
    );
  }
}
