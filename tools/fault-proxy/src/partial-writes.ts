/** A request of several entries, some of which are to be refused. */
interface Split {
  /** The request that the service receives; undefined: no entry is left. */
  readonly forwarded: object | undefined;
  /** Entries that the service does not receive. */
  readonly refused: number;
  /** @param answer of the service to the reduced request @returns the answer to the whole request */
  merged(answer: object | undefined): object;
}

interface PutRecordsAnswer {
  readonly FailedRecordCount?: number;
  readonly Records?: readonly object[];
}

/** Source: Kinesis Data Streams API reference, PutRecords: one entry for each record, in their order, with ErrorCode or SequenceNumber. */
function splitPutRecords(request: { Records: readonly object[] }, refused: readonly boolean[]): Split {
  const forwarded = request.Records.filter((_, at) => refused[at] !== true);
  const count = request.Records.length - forwarded.length;
  return {
    forwarded: forwarded.length === 0 ? undefined : { ...request, Records: forwarded },
    refused: count,
    merged(answer) {
      const { FailedRecordCount: failed = 0, Records: written = [], ...rest } = (answer ?? {}) as PutRecordsAnswer;
      const left = [...written];
      const records = request.Records.map((_, at) =>
        refused[at] === true
          ? { ErrorCode: 'ProvisionedThroughputExceededException', ErrorMessage: 'Rate exceeded for shard.' }
          : left.shift(),
      );
      return { ...rest, FailedRecordCount: failed + count, Records: records };
    },
  };
}

type Items = Readonly<Record<string, readonly object[]>>;

/** Source: DynamoDB API reference, BatchWriteItem: what was not written comes back in UnprocessedItems, in the form of RequestItems. */
function splitBatchWrite(request: { RequestItems: Items }, refused: readonly boolean[]): Split {
  let at = 0;
  const [forwarded, unprocessed]: Record<string, object[]>[] = [{}, {}];
  for (const [table, writes] of Object.entries(request.RequestItems)) {
    for (const write of writes) {
      const into = (refused[at] === true ? unprocessed : forwarded) ?? {};
      (into[table] ??= []).push(write);
      at += 1;
    }
  }
  return {
    forwarded: Object.keys(forwarded ?? {}).length === 0 ? undefined : { ...request, RequestItems: forwarded },
    refused: refused.filter(Boolean).length,
    merged(answer) {
      const all: Record<string, object[]> = { ...unprocessed };
      const own = (answer as { UnprocessedItems?: Items } | undefined)?.UnprocessedItems ?? {};
      for (const [table, writes] of Object.entries(own)) all[table] = [...(all[table] ?? []), ...writes];
      return { ...answer, UnprocessedItems: all };
    },
  };
}

/**
 * @param operation PutRecords or BatchWriteItem
 * @param body of the request
 * @param refuse chooses, for a number of entries, those that are not written
 */
export function splitWrite(operation: string, body: Buffer, refuse: (count: number) => boolean[]): Split {
  const request = JSON.parse(body.toString()) as { Records: object[] } & { RequestItems: Items };
  if (operation === 'PutRecords') return splitPutRecords(request, refuse(request.Records.length));
  const count = Object.values(request.RequestItems).reduce((sum, writes) => sum + writes.length, 0);
  return splitBatchWrite(request, refuse(count));
}
