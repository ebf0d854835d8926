import { execFileSync } from 'node:child_process';
import { VENV_PYTHON } from '@ad-analytics/setup/layout.cjs';

/** Starts a script that has MiniStack's Kinesis with the changes of the local stack. */
const START = `
import json, time
import without_browsers
from ministack.services import kinesis
now = time.time()
`;
/** Ages of the records of four shards, in hours; prints those that MiniStack keeps with a retention of 24 hours. */
const RECORDS = `${START}
ages = {"s0": [30, 25, 23, 1], "s1": [48, 47], "s2": [], "s3": [2]}
record = lambda age: {"ApproximateArrivalTimestamp": now - age * 3600, "age": age}
stream = {"RetentionPeriodHours": 24, "shards": {name: {"records": list(map(record, of))} for name, of in ages.items()}}
kinesis._expire_records(stream)
print(json.dumps([kinesis._expire_records.__module__, {name: [r["age"] for r in s["records"]] for name, s in stream["shards"].items()}]))
`;
/** Ages of iterators in seconds; prints those that MiniStack keeps, and the number that it examined. */
const ITERATORS = `${START}
examined = []
class Iterator(dict):
    def __getitem__(self, name):
        examined.append(name)
        return super().__getitem__(name)
for age in [900, 301, 299, 10, 0]:
    kinesis._shard_iterators[f"i{age}"] = Iterator(created_at=now - age)
kinesis._expire_iterators()
print(json.dumps([kinesis._expire_iterators.__module__, list(kinesis._shard_iterators), len(examined)]))
`;

function printedBy(script: string): unknown {
  const env = { ...process.env, PYTHONPATH: __dirname, PYTHONDONTWRITEBYTECODE: '1' };
  const printed = execFileSync(VENV_PYTHON, ['-c', script], { env, encoding: 'utf8' });
  return JSON.parse(printed.trim().split('\n').at(-1) ?? '');
}

it('deletes the records that are older than the retention, and no others', () => {
  expect(printedBy(RECORDS)).toEqual(['expirations', { s0: [23, 1], s1: [], s2: [], s3: [2] }]);
});

it('deletes the iterators that are older than five minutes, and does not examine the newer ones', () => {
  expect(printedBy(ITERATORS)).toEqual(['expirations', ['i299', 'i10', 'i0'], 3]);
});
