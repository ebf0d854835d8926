import type { AwsRequest } from './aws-request';

/** What can happen to a request, in the order in which the shares are drawn. */
export const FAULT_KINDS = [
  /** The service refuses it: too many requests. */
  'throttled',
  /** PutRecords, BatchWriteItem: some of the entries are not written, and the answer says which. */
  'partial',
  /** GetRecords: the iterator is too old. */
  'expiredIterator',
  /** The service answers 500 or 503, and has done nothing. */
  'serverError',
  /** The connection breaks before the service receives the request. */
  'reset',
  /** The service executes the request; the connection breaks before the response. */
  'unanswered',
  /** The service executes the request; the connection breaks in the middle of the body. Without a body this happens as `unanswered`. */
  'truncated',
  /** The answer comes late. */
  'slow',
] as const;

export type FaultKind = (typeof FAULT_KINDS)[number];

/** @returns whether this can happen to such a request */
export function canHappenTo(kind: FaultKind, { service, operation }: AwsRequest): boolean {
  switch (kind) {
    case 'partial':
      return operation === 'PutRecords' || operation === 'BatchWriteItem';
    case 'expiredIterator':
      return operation === 'GetRecords';
    default:
      return service !== undefined;
  }
}
