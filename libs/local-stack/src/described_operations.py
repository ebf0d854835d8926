"""MiniStack, which also tells how an operation on a Flink application ended: Terraform's provider asks for that after each update.

MiniStack names the operation of an update, and does not know DescribeApplicationOperation. An operation is done here when the state of the
application says that it is: the last one is the only one that can be under way.
Served like MiniStack's own application: `hypercorn described_operations:app`.
"""

import json
import time

from ministack.services import kinesisanalyticsv2 as flink
from without_browsers import app

__all__ = ["app"]

HTTP_OK = 200
DONE = ("READY", "RUNNING")


def describe_application_operation(request):
    """Answer DescribeApplicationOperation by the state of the application."""
    status, headers, body = flink._describe_application({"ApplicationName": request.get("ApplicationName")})
    if status != HTTP_OK:
        return status, headers, body
    state = json.loads(body)["ApplicationDetail"]["ApplicationStatus"]
    now = int(time.time())
    details = {
        "Operation": "UpdateApplication",
        "StartTime": now,
        "EndTime": now,
        "OperationStatus": "SUCCESSFUL" if state in DONE else "IN_PROGRESS",
    }
    return flink.json_response({"ApplicationOperationInfoDetails": details})


flink._HANDLERS["DescribeApplicationOperation"] = describe_application_operation
