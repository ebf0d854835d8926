"""Joins clicks to impressions at most an attribution window before them, with Pathway's interval join.

Usage: python join.py <folder of impressions> <folder of clicks> <file of results> <attribution window in seconds>

Prints the CPU time of the process in seconds, without its start and its imports, and the elapsed time.
"""

import json
import sys
import time

import pathway as pw


class Impression(pw.Schema):
    """The fields of an impression that the join reads."""

    impression_id: str
    event_time: str
    campaign_id: str
    ad_id: str
    publisher_id: str
    user_id: str


class Click(pw.Schema):
    """The fields of a click that the join reads."""

    click_id: str
    impression_id: str
    event_time: str


impressions_folder, clicks_folder, results, window = sys.argv[1:]
before = time.process_time(), time.monotonic()
time_format = "%Y-%m-%dT%H:%M:%S.%fZ"
impressions = pw.io.jsonlines.read(impressions_folder, schema=Impression, mode="static")
impressions = impressions.with_columns(time=pw.this.event_time.dt.strptime(time_format, contains_timezone=False))
clicks = pw.io.jsonlines.read(clicks_folder, schema=Click, mode="static")
clicks = clicks.with_columns(time=pw.this.event_time.dt.strptime(time_format, contains_timezone=False))
joined = clicks.interval_join(
    impressions,
    clicks.time,
    impressions.time,
    pw.temporal.interval(-pw.Duration(seconds=int(window)), pw.Duration(0)),
    clicks.impression_id == impressions.impression_id,
).select(
    click_id=pw.left.click_id,
    impression_id=pw.right.impression_id,
    campaign_id=pw.right.campaign_id,
    ad_id=pw.right.ad_id,
    publisher_id=pw.right.publisher_id,
    user_id=pw.right.user_id,
    impression_time=pw.right.event_time,
    click_time=pw.left.event_time,
)
pw.io.jsonlines.write(joined, results)
pw.run(monitoring_level=pw.MonitoringLevel.NONE)
after = time.process_time(), time.monotonic()
sys.stdout.write(json.dumps({"cpuSeconds": after[0] - before[0], "seconds": after[1] - before[1]}) + "\n")
