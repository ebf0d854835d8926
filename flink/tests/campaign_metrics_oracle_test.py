"""Compares campaign_metrics with a naive computation of the contract, on random events."""

import tempfile
from collections import defaultdict
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sql_runner import Row, SqlRunner

START = datetime(2026, 11, 23, 10, tzinfo=timezone.utc)
EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)

# Few values, so that events share keys, users and windows; times at the edges of windows, near them, and anywhere.
NAMES = st.sampled_from(["a", "b", "unknown", "ü🙂"])
MILLIS = st.one_of(
    st.integers(0, 59_999), st.builds(lambda s, d: max(0, s * 1000 + d), st.integers(0, 59), st.integers(-1, 1))
)
EVENTS = st.fixed_dictionaries(
    {
        "event_time": MILLIS.map(lambda millis: as_text(START + timedelta(milliseconds=millis))),
        "user_id": st.sampled_from(["u1", "u2", "u3", "u4", "U1"]),
        "campaign_id": NAMES,
        "ad_id": NAMES,
        "publisher_id": NAMES,
        "device_type": st.sampled_from([None, "mobile", "unknown"]),
        "country": st.sampled_from([None, "DE", "FR"]),
    }
)
IMPRESSIONS = st.builds(lambda event, cost: {**event, "cost_micros": cost}, EVENTS, st.none() | st.integers(0, 10**12))


def as_text(time: datetime) -> str:
    return time.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def expected_metrics(impressions: list[Row], clicks: list[Row], window_seconds: int) -> dict[str, Row]:
    """The payload by record_id, computed event by event according to the contract."""
    groups: dict[tuple[str, str, datetime], list[tuple[Row, bool]]] = defaultdict(list)
    for event, is_click in [*((row, False) for row in impressions), *((row, True) for row in clicks)]:
        time = datetime.fromisoformat(event["event_time"].replace("Z", "+00:00"))
        start = time - (time - EPOCH) % timedelta(seconds=window_seconds)
        for dimension in ("campaign", "ad", "publisher"):
            groups[dimension, event[f"{dimension}_id"], start].append((event, is_click))
        for dimension in ("device_type", "country"):
            groups[dimension, event[dimension] or "unknown", start].append((event, is_click))
    metrics = {}
    for (dimension, key, start), events in groups.items():
        clicked = sum(is_click for _, is_click in events)
        shown = len(events) - clicked
        metrics[f"campaign_metrics:{dimension}:{as_text(start)}:{key}"] = {
            "dimension": dimension,
            "key": key,
            "window_start": as_text(start),
            "window_end": as_text(start + timedelta(seconds=window_seconds)),
            "impressions": shown,
            "clicks": clicked,
            "ctr": clicked / shown if shown else None,
            "cost_micros": sum(event.get("cost_micros") or 0 for event, _ in events),
            "unique_users": len({event["user_id"] for event, _ in events}),
        }
    return metrics


# Each example is a separate job, so few examples of many events; shrinking them would take minutes.
@settings(
    max_examples=3, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck), print_blob=True
)
@given(
    impressions=st.lists(IMPRESSIONS, min_size=50, max_size=150),
    clicks=st.lists(EVENTS, min_size=20, max_size=80),
    window_seconds=st.sampled_from([1, 7, 10, 60]),
)
def test_the_metrics_are_those_of_a_naive_computation(
    impressions: list[dict[str, Any]], clicks: list[dict[str, Any]], window_seconds: int
) -> None:
    with tempfile.TemporaryDirectory(prefix="oracle ") as folder:
        given = {"impressions": impressions, "clicks": clicks}
        runner = SqlRunner(Path(folder), given, {"metrics.window.seconds": str(window_seconds)})
        records = runner.run_insert("campaign_metrics")
    found = {record["record_id"]: record["campaign_metrics"] for record in records}
    assert len(found) == len(records), "a record_id is there twice"
    assert found == expected_metrics(impressions, clicks, window_seconds)
    assert {record["record_id"]: record["event_time"] for record in records} == {
        record_id: metrics["window_end"] for record_id, metrics in found.items()
    }
