import { execFileSync } from 'node:child_process';
import { VENV_PYTHON } from '@ad-analytics/setup/layout.cjs';

/** Ages of the records of two shards, in hours; prints those that MiniStack keeps with a retention of 24 hours. */
const SCRIPT = `
import json, time
import without_browsers
from ministack.services import kinesis
now = time.time()
ages = {"s0": [30, 25, 23, 1], "s1": [48, 47], "s2": [], "s3": [2]}
record = lambda age: {"ApproximateArrivalTimestamp": now - age * 3600, "age": age}
stream = {"RetentionPeriodHours": 24, "shards": {name: {"records": list(map(record, of))} for name, of in ages.items()}}
kinesis._expire_records(stream)
print(json.dumps([kinesis._expire_records.__module__, {name: [r["age"] for r in s["records"]] for name, s in stream["shards"].items()}]))
`;

it('deletes the records that are older than the retention, and no others', () => {
  const env = { ...process.env, PYTHONPATH: __dirname, PYTHONDONTWRITEBYTECODE: '1' };
  const printed = execFileSync(VENV_PYTHON, ['-c', SCRIPT], { env, encoding: 'utf8' });
  expect(JSON.parse(printed.trim().split('\n').at(-1) ?? '')).toEqual([
    'expired_records',
    { s0: [23, 1], s1: [], s2: [], s3: [2] },
  ]);
});
