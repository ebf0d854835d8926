import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { occurring, personalTexts } from './personal-texts';

it('collects ids of users and addresses', async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'personal-texts-'));
  const file = path.join(folder, 'events.jsonl');
  writeFileSync(file, '{"user_id":"u1","ip":"203.0.113.7"}\nnot JSON\n{"user_id":7}\n{"user_id":"u2","ip":null}\n');
  expect([...(await personalTexts([file]))].sort()).toEqual(['203.0.113.7', 'u1', 'u2']);
  rmSync(folder, { recursive: true });
});

it('finds texts anywhere, but no other ids that begin with the same text', () => {
  const wanted = new Set(['user-1', 'user-12', '203.0.113.7', '::1']);
  expect(occurring('{"a":"user-123","b":"203.0.113.0/24"}', wanted)).toEqual([]);
  expect(occurring('alert:ip:203.0.113.7', wanted)).toEqual(['203.0.113.7']);
  expect(occurring('x"user-12"::1,', wanted).sort()).toEqual(['::1', 'user-12']);
});
