"""The base table, from which every sink table takes its connector."""

from __future__ import annotations

from ad_analytics.settings import PrivacySettings, StreamSettings

#: Longest time that a result waits in the sink's buffer to be sent together with others. Flink's default is 5 s.
#: The goal is that half of the attributed clicks arrive within a second of the watermark, and polling the input
#: streams takes part of that second.
FLUSH_TIMEOUT_MS = 250

#: The fields of every result besides its payload; the key of the payload is the record's type.
_ENVELOPE = """\
  record_type STRING,
  record_id STRING,
  schema_version INT,
  event_time STRING"""


def result_stream_options(stream: StreamSettings, privacy: PrivacySettings, tables: int) -> dict[str, str]:
    """Options of the connector ``result-stream`` of the jar.

    :param stream: the stream of all results
    :param privacy: how results change personal data
    :param tables: how many tables the job writes; they share one sink
    :returns: value by option name
    """
    options = {
        "connector": "result-stream",
        "tables": str(tables),
        "stream": stream.name,
        "aws.region": stream.region,
        "flush.timeout": f"{FLUSH_TIMEOUT_MS} ms",
        "format": "json",
        # By the contract, every field is present; a missing value is an explicit null.
        "json.encode.ignore-null-fields": "false",
    }
    if stream.endpoint is not None:
        # The local emulators speak HTTP/1.1 only; the connector's default is HTTP/2.
        options |= {"aws.endpoint": stream.endpoint, "aws.http.protocol.version": "HTTP1_1"}
    if privacy.changes_results:
        options |= {"privacy.user.ids": privacy.user_ids, "privacy.addresses": privacy.addresses}
        # The place of the key only: the tasks read the key themselves.
        places = {"privacy.key.secret": privacy.key_secret, "privacy.key.file": privacy.key_file}
        options |= {name: value for name, value in places.items() if value is not None}
    return options


def result_stream_ddl(options: dict[str, str]) -> str:
    """The base table ``result_stream``; the files in ``sql/sinks`` are LIKE it and add the payload.

    :param options: value by option name
    :returns: a CREATE TABLE statement
    """
    lines = ",\n".join(f"  {_literal(name)} = {_literal(value)}" for name, value in sorted(options.items()))
    return f"CREATE TEMPORARY TABLE result_stream (\n{_ENVELOPE}\n) WITH (\n{lines}\n)"


def _literal(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
