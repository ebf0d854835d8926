"""Gives the operators of the jar that compute windows the same rows that SQL reads from files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timezone
from typing import Any

from py4j.java_gateway import get_field, set_field  # type: ignore[import-untyped]
from pyflink.datastream import StreamExecutionEnvironment
from pyflink.java_gateway import get_gateway

#: Fields of the Java classes by column, as far as windows depend on them.
_FIELDS = {"user_id": "userId", "campaign_id": "campaignId", "ip": "ip"}


def substitute_accepted_events(
    environment: StreamExecutionEnvironment, given: Mapping[str, Iterable[Mapping[str, Any]]]
) -> None:
    """Puts given rows in the place of the pipeline's own sources.

    :param environment: of the job, with the settings and the jar
    :param given: rows by source table
    """
    jvm = get_gateway().jvm
    events = jvm.adanalytics.pipeline.AcceptedEvents()
    for row in given.get("impressions", ()):
        get_field(events, "impressions").add(_event(jvm.adanalytics.event.Impression(), row))
    for row in given.get("clicks", ()):
        get_field(events, "clicks").add(_event(jvm.adanalytics.event.Click(), row))
    for row in given.get("attributed_clicks", ()):
        get_field(events, "attributedClicks").add(_attributed_click(row))
    for row in given.get("unattributed_clicks", ()):
        get_field(events, "unattributedClicks").add(_event(jvm.adanalytics.event.Click(), row))
    jvm.adanalytics.pipeline.EventPipeline.substitute(environment._j_stream_execution_environment, events)


def _event(event: Any, row: Mapping[str, Any]) -> Any:
    set_field(event, "eventTime", _epoch_millis(row["event_time"]))
    for column, field in _FIELDS.items():
        set_field(event, field, row.get(column))
    return event


def _attributed_click(row: Mapping[str, Any]) -> Any:
    jvm = get_gateway().jvm
    impression = jvm.adanalytics.attribution.ImpressionState()
    for column in ("user_id", "campaign_id"):
        set_field(impression, _FIELDS[column], row.get(column))
    click = jvm.adanalytics.attribution.AttributedClick()
    set_field(click, "click", _event(jvm.adanalytics.event.Click(), row))
    set_field(click, "impression", impression)
    invalid_reasons = jvm.java.util.ArrayList()
    for reason in row["invalid_reasons"]:
        invalid_reasons.add(reason)
    set_field(click, "invalidReasons", invalid_reasons)
    return click


def _epoch_millis(text: str) -> int:
    time = datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=timezone.utc)
    return round(time.timestamp() * 1000)
