"""MiniStack, extended by the outcome of operations on a Flink application, which Terraform's provider requests after each update.

MiniStack returns the id of an update's operation, but does not support DescribeApplicationOperation. Here the state of
the application determines the outcome: only the last operation can be in progress.
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
    """Answer DescribeApplicationOperation from the state of the application."""
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
