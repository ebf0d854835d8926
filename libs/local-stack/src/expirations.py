"""MiniStack that looks for expired records and iterators only where they can be.

In each request, MiniStack examines every record of the stream and every iterator of the last five minutes. So a request
takes the longer, the more records and readers there are: with a million records, or 20,000 iterators, more than the
request itself. Records of a shard are in the order of their arrival, iterators in the order of their creation.
"""

import time
from itertools import takewhile

from ministack.services import kinesis

SECONDS_OF_AN_HOUR = 3_600


def expire_records(stream):
    """Delete the records of a stream that are older than its retention."""
    oldest = time.time() - stream["RetentionPeriodHours"] * SECONDS_OF_AN_HOUR
    for shard in stream["shards"].values():
        records = shard["records"]
        expired = 0
        while expired < len(records) and records[expired]["ApproximateArrivalTimestamp"] < oldest:
            expired += 1
        del records[:expired]


def expire_iterators():
    """Delete the iterators that have expired, those of all accounts and regions."""
    oldest = time.time() - kinesis.ITERATOR_EXPIRY_SECONDS
    iterators = kinesis._shard_iterators._data
    expired = [key for key, _ in takewhile(lambda entry: entry[1]["created_at"] < oldest, iterators.items())]
    for key in expired:
        del iterators[key]


kinesis._expire_records = expire_records
kinesis._expire_iterators = expire_iterators
