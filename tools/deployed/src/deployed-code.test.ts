import type { ObjectVersion } from '@aws-sdk/client-s3';
import { latestCode, type ObjectVersions } from './deployed-code';

/** S3 with these versions of objects. */
function bucketOf(...versions: ObjectVersion[]): ObjectVersions {
  return { send: async () => ({ Versions: versions }) } as unknown as ObjectVersions;
}

const version = (id: string, latest: boolean, key = 'sink/sink.zip') => ({
  Key: key,
  VersionId: id,
  IsLatest: latest,
});

describe('latestCode', () => {
  it('is the latest version after an update, in any order of the listing', async () => {
    const expected = { bucket: 'code', key: 'sink/sink.zip', version: 'new' };
    const versions = [version('old', false), version('new', true)];
    expect(await latestCode(bucketOf(...versions), 'code', 'sink')).toEqual(expected);
    expect(await latestCode(bucketOf(...versions.reverse()), 'code', 'sink')).toEqual(expected);
  });

  it.each([
    ['no object', 0, []],
    ['an object that was deleted', 0, [version('old', false)]],
    ['two objects', 2, [version('a', true), version('b', true, 'sink/other.zip')]],
  ])('refuses %s', async (_, count, versions) => {
    await expect(latestCode(bucketOf(...versions), 'code', 'sink')).rejects.toThrow(
      `s3://code/sink/ must hold one object, and holds ${count}`,
    );
  });
});
