import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { DeadLetterFile } from '@ad-analytics/kinesis-writer';
import { countDeadLetters } from './dead-letters';

it('counts the dead letters of the generator', async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'dead letters '));
  try {
    const letters = new DeadLetterFile(path.join(folder, 'dead-letters.jsonl'));
    expect(await countDeadLetters(letters.file)).toBe(0);
    const failure = { code: 'RecordTooLarge', message: '', attempts: 0, permanent: true, maybeDelivered: false };
    letters.add('stream', { partitionKey: 'a', data: 'x\ny' }, failure);
    letters.add('stream', { partitionKey: 'b', data: 'z' }, failure);
    expect(await countDeadLetters(letters.file)).toBe(2);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
