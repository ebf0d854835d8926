/** The tasks of a TaskManager's threads, by the 15 characters that Linux keeps of their names. The first match is used. */
const KINDS: readonly (readonly [RegExp, string])[] = [
  [/^(C1|C2) Comp|^Sweeper|^CodeCache/, 'JVM: compiler'],
  [/^(G1|GC Thread|VM Thread|VM Periodic)/, 'JVM: garbage collection'],
  [/^rocksdb/i, 'RocksDB: background'],
  [/^shardConsumers/, 'source: reading and parsing'],
  [/^event-time/, 'source: watermarks'],
  [/^child: /, 'processes of Python'],
  [
    /^(flink-|pekko|AsyncOp|Checkpoint|OutputFlush|Timer|Time Trigger|jobmanager|cluster-io|BLOB|Flink)/i,
    'Flink: everything around',
  ],
];

/**
 * @param thread as `kindOfThread` names it
 * @returns the component that the thread belongs to; for the task of an operator, the name itself */
export function operatorOfThread(thread: string): string {
  return KINDS.find(([pattern]) => pattern.test(thread))?.[1] ?? thread;
}
