"""MiniStack with streams that a test controls. Served like MiniStack's own application: `hypercorn controlled_streams:app`.

- A record with the partition key "arrived-<milliseconds since the epoch>-<anything>" is read with this arrival time, so
  that a test with clocks gives the same results in every run. Other records keep their arrival time.
- A stream rejects every record, like a throttled stream, while the folder HELD_STREAMS contains a file with its name.
"""

import json
import os
import re
from pathlib import Path

from ministack.services import kinesis
from without_browsers import app

__all__ = ["app"]

KEY = re.compile(r"arrived-(\d+)-")
MILLISECONDS = 1_000
HELD = Path(os.environ["HELD_STREAMS"])
REFUSAL = {"ErrorCode": "ProvisionedThroughputExceededException", "ErrorMessage": "The stream is held."}

get_records = kinesis._get_records
put_records = kinesis._put_records


def get_records_as_told(request):
    """Answer GetRecords with the arrival times in the partition keys."""
    status, headers, body = get_records(request)
    answer = json.loads(body)
    for record in answer.get("Records", []):
        if told := KEY.match(record["PartitionKey"]):
            record["ApproximateArrivalTimestamp"] = int(told[1]) / MILLISECONDS
    return status, headers, json.dumps(answer).encode()


def put_records_unless_held(request):
    """Answer PutRecords; reject each record of a held stream."""
    if not (HELD / str(kinesis._resolve_stream(request)[0])).exists():
        return put_records(request)
    records = request["Records"]
    return kinesis.json_response({"FailedRecordCount": len(records), "Records": [REFUSAL for _ in records]})


kinesis._get_records = get_records_as_told
kinesis._put_records = put_records_unless_held
