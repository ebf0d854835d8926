"""The join of clicks and impressions in the DataStream API of PyFlink, with Python functions."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

from compared_job import RESULTS, environment
from pyflink.common import Encoder, Types, WatermarkStrategy
from pyflink.common.serialization import SimpleStringSchema
from pyflink.common.time import Duration
from pyflink.common.watermark_strategy import TimestampAssigner
from pyflink.datastream import KeyedCoProcessFunction, RuntimeContext
from pyflink.datastream.connectors.file_system import FileSink
from pyflink.datastream.connectors.kinesis import FlinkKinesisConsumer
from pyflink.datastream.state import ListStateDescriptor, ValueStateDescriptor

WINDOW_MS = 600_000


class EventTime(TimestampAssigner):
    """Extracts the time of a parsed event."""

    def extract_timestamp(self, value: Any, record_timestamp: int) -> int:  # noqa: D102
        return int(value["time"])


class Attribution(KeyedCoProcessFunction):
    """Keeps an impression for the attribution window, and clicks that arrived before their impression."""

    def open(self, runtime_context: RuntimeContext) -> None:  # noqa: D102
        # Created here, because the Java part of a type cannot be sent to the worker.
        event = Types.PICKLED_BYTE_ARRAY()
        self.impression = runtime_context.get_state(ValueStateDescriptor("impression", event))
        self.waiting = runtime_context.get_list_state(ListStateDescriptor("waiting", event))

    def process_element1(self, value: Any, ctx: KeyedCoProcessFunction.Context) -> Iterator[str]:  # noqa: D102
        if self.impression.value() is None:
            self.impression.update(value)
            ctx.timer_service().register_event_time_timer(value["time"] + WINDOW_MS + 1)
        for click in self.waiting.get() or ():
            yield from joined(value, click)
        self.waiting.clear()

    def process_element2(self, value: Any, ctx: KeyedCoProcessFunction.Context) -> Iterator[str]:  # noqa: D102
        impression = self.impression.value()
        if impression is None:
            self.waiting.add(value)
            ctx.timer_service().register_event_time_timer(value["time"] + 1)
        else:
            yield from joined(impression, value)

    def on_timer(self, timestamp: int, ctx: KeyedCoProcessFunction.OnTimerContext) -> Iterator[str]:  # noqa: D102
        impression = self.impression.value()
        if impression is None or timestamp > impression["time"] + WINDOW_MS:
            self.impression.clear()
            self.waiting.clear()
        yield from ()


def joined(impression: Any, click: Any) -> Iterator[str]:
    """Returns the result of a click whose impression is inside the attribution window."""
    after = click["time"] - impression["time"]
    if 0 <= after <= WINDOW_MS:
        yield json.dumps({"click_id": click["click_id"], **impression, "time_to_click_ms": after})


def parse(text: str) -> Iterator[Any]:
    """Parses an event; invalid records are dropped."""
    try:
        event = json.loads(text)
        moment = datetime.fromisoformat(event["event_time"].replace("Z", "+00:00"))
        del event["user_agent"]
    except (KeyError, ValueError):
        return
    event["time"] = round(moment.timestamp() * 1_000)
    yield event


job = environment()


def events(stream: str) -> Any:
    """Reads and parses a stream, and assigns event times."""
    options = {"aws.region": "us-east-1", "flink.stream.initpos": "TRIM_HORIZON"}
    strategy = WatermarkStrategy.for_bounded_out_of_orderness(Duration.of_seconds(5))
    return (
        job.add_source(FlinkKinesisConsumer(stream, SimpleStringSchema(), options))
        .flat_map(parse, Types.PICKLED_BYTE_ARRAY())
        .assign_timestamps_and_watermarks(strategy.with_timestamp_assigner(EventTime()))
        .key_by(lambda event: event["impression_id"], Types.STRING())
    )


results = FileSink.for_row_format((RESULTS / "attributed_click").as_uri(), Encoder.simple_string_encoder()).build()
events("AdImpressionsStreamInput").connect(events("ClicksStreamInput")).process(Attribution(), Types.STRING()).sink_to(
    results
)
job.execute("python-join")
