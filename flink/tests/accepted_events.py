"""Feeds the window operators of the jar with accepted events from memory instead of the streams."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timezone
from typing import Any

from py4j.java_gateway import get_field, set_field  # type: ignore[import-untyped]
from pyflink.datastream import StreamExecutionEnvironment
from pyflink.java_gateway import get_gateway

#: Fields of the Java classes by column, for the columns that windows depend on.
_FIELDS = {
    "user_id": "userId",
    "campaign_id": "campaignId",
    "ad_id": "adId",
    "publisher_id": "publisherId",
    "device_type": "deviceType",
    "country": "country",
    "ip": "ip",
}


def substitute_accepted_events(
    environment: StreamExecutionEnvironment, given: Mapping[str, Iterable[Mapping[str, Any]]]
) -> None:
    """Replaces the pipeline's own sources by given rows.

    :param environment: of the job, with the settings and the jar
    :param given: rows by kind of event, see ``EVENTS``; other kinds are left out
    """
    jvm = get_gateway().jvm
    events = jvm.adanalytics.pipeline.AcceptedEvents()
    for kind, (field, make) in EVENTS.items():
        for row in given.get(kind, ()):
            get_field(events, field).add(make(row))
    jvm.adanalytics.pipeline.EventPipeline.substitute(environment._j_stream_execution_environment, events)


def _impression(row: Mapping[str, Any]) -> Any:
    jvm = get_gateway().jvm
    impression = _event(jvm.adanalytics.event.Impression(), row)
    if row.get("cost_micros") is not None:
        jvm.adanalytics.pipeline.AcceptedEvents.setCost(impression, row["cost_micros"])
    return impression


def _click(row: Mapping[str, Any]) -> Any:
    return _event(get_gateway().jvm.adanalytics.event.Click(), row)


def _event(event: Any, row: Mapping[str, Any]) -> Any:
    set_field(event, "eventTime", _epoch_millis(row["event_time"]))
    set_field(event, "knownBot", row.get("known_bot") or False)
    for column, field in _FIELDS.items():
        set_field(event, field, row.get(column))
    return event


def _attributed_click(row: Mapping[str, Any]) -> Any:
    jvm = get_gateway().jvm
    impression = jvm.adanalytics.attribution.ImpressionState()
    for column in ("user_id", "campaign_id"):
        set_field(impression, _FIELDS[column], row.get(column))
    if "impression_time" in row:
        set_field(impression, "eventTime", _epoch_millis(row["impression_time"]))
        set_field(impression, "isCounted", True)
    click = jvm.adanalytics.attribution.AttributedClick()
    set_field(click, "click", _click(row))
    set_field(click, "impression", impression)
    invalid_reasons = jvm.java.util.ArrayList()
    for reason in row["invalid_reasons"]:
        invalid_reasons.add(reason)
    set_field(click, "invalidReasons", invalid_reasons)
    return click


def _epoch_millis(text: str) -> int:
    time = datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=timezone.utc)
    return round(time.timestamp() * 1000)


#: Kinds of accepted events for windows: the list in the Java class, and the function that creates an event.
EVENTS = {
    "impressions": ("impressions", _impression),
    "clicks": ("clicks", _click),
    "attributed_clicks": ("attributedClicks", _attributed_click),
    "unattributed_clicks": ("unattributedClicks", _click),
}
