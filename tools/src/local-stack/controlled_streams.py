"""MiniStack, whose streams let a record say when it arrived, so that a test with clocks is the same at every run.

A record with the partition key "arrived-<milliseconds since the epoch>-<anything>" is read with this arrival time. Others keep theirs.
Served like MiniStack's own application: `hypercorn chosen_arrivals:app`.
"""

import json
import re

from ministack.app import app
from ministack.services import kinesis

__all__ = ["app"]

KEY = re.compile(r"arrived-(\d+)-")
MILLISECONDS = 1_000

get_records = kinesis._get_records


def get_records_as_told(request):
    """Answer GetRecords, with the arrival times that the partition keys name."""
    status, headers, body = get_records(request)
    answer = json.loads(body)
    for record in answer.get("Records", []):
        if told := KEY.match(record["PartitionKey"]):
            record["ApproximateArrivalTimestamp"] = int(told[1]) / MILLISECONDS
    return status, headers, json.dumps(answer).encode()


kinesis._get_records = get_records_as_told
