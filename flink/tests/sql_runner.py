"""Runs the application's own SQL files on a mini-cluster, with files of JSON lines instead of the streams."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from accepted_events import EVENTS, substitute_accepted_events
from pyflink.datastream import StreamExecutionEnvironment
from pyflink.table import StreamTableEnvironment

from ad_analytics.pipeline import view_names
from ad_analytics.property_groups import read_property_groups
from ad_analytics.result_stream import result_stream_ddl
from ad_analytics.settings import Settings, parse_settings
from ad_analytics.sql_file import read_statement, statement_names
from ad_analytics.statement_parameters import statement_parameters

FLINK = Path(__file__).parent.parent
SQL = FLINK / "sql"
JAR = FLINK / "target" / "pyflink-dependencies.jar"

#: Sources that the jar's operators compute from accepted events; the operators run here as in the job.
WINDOWED = {
    "short_actor_windows",
    "long_actor_windows",
    "user_windows",
    "dimension_windows",
    "settled_windows",
    "publisher_windows",
    "bot_windows",
}

Row = dict[str, Any]

_SOURCE_WITH = re.compile(r"\) WITH \(\s+'connector' = 'event-pipeline',\s+'stream' = '\w+'\s+\)\s*$")
_SOURCE_WATERMARK = "event_time AS SOURCE_WATERMARK()"


def file_source(statement: str, folder: Path) -> str:
    """Replaces the connector and the watermark of a source definition; its columns stay.

    :param statement: a file of sql/sources
    :param folder: folder with the rows, as JSON lines
    :returns: the statement that reads them
    """
    options = f"'connector' = 'filesystem', 'path' = '{folder}', {_JSON}"
    swapped, count = _SOURCE_WITH.subn(f") WITH ({options})", statement)
    assert count == 1, f"no event-pipeline connector in: {statement}"
    # A large delay, so that no row is late in any order of reading; the end of the files closes every window.
    return swapped.replace(_SOURCE_WATERMARK, "event_time AS event_time - INTERVAL '99' DAY")


_JSON = "'format' = 'json', 'json.timestamp-format.standard' = 'ISO-8601', 'json.fail-on-missing-field' = 'false'"


def settings_of(changed: Mapping[str, str]) -> Settings:
    """The settings of a run.

    :param changed: settings that differ from kinesis-config.json, by name without the group
    :returns: the validated settings
    """
    groups = read_property_groups(FLINK / "kinesis-config.json")
    unknown = set(changed) - {name for group in groups.values() for name in group}
    assert not unknown, f"unknown setting: {unknown}"
    merged = {id_: {name: changed.get(name, value) for name, value in map_.items()} for id_, map_ in groups.items()}
    return parse_settings(merged, "the settings of a test")


class SqlRunner:
    """One job: given rows in, result rows out."""

    def __init__(
        self, folder: Path, given: Mapping[str, Iterable[Row]], settings: Mapping[str, str] | None = None
    ) -> None:
        """Registers the tables and views.

        :param folder: an empty folder for the files
        :param given: rows by source table, or by kind of accepted event; missing columns are null
        :param settings: settings that differ from the committed ones, by name without the group
        """
        self._folder = folder
        parsed = settings_of(settings or {})
        self._parameters = statement_parameters(parsed)
        environment = StreamExecutionEnvironment.get_execution_environment()
        assert JAR.is_file(), f"{JAR} is missing; build it with: npx nx run flink:build"
        environment.add_jars(JAR.as_uri())
        environment.set_parallelism(2)
        # The job has the same setting.
        environment.get_config().enable_object_reuse()
        environment.get_config().set_global_job_parameters(dict(parsed.job_parameters))
        self.tables = StreamTableEnvironment.create(environment)
        self.tables.get_config().set_local_timezone("UTC")
        for name in statement_names(SQL, "functions"):
            self.tables.execute_sql(read_statement(SQL, name))
        sources = {name.removeprefix("sources/") for name in statement_names(SQL, "sources")}
        assert set(given) <= (sources - WINDOWED) | set(EVENTS), f"unknown source in {sorted(given)}"
        for source in sorted(sources - WINDOWED):
            self._register_source(source, given.get(source, ()))
        substitute_accepted_events(environment, given)
        for source in sorted(WINDOWED):
            self.tables.execute_sql(read_statement(SQL, f"sources/{source}"))
        for view in view_names(SQL):
            self.tables.execute_sql(read_statement(SQL, view, self._parameters.get(view)))

    def _register_source(self, source: str, rows: Iterable[Row]) -> None:
        rows_folder = self._folder / "given" / source
        rows_folder.mkdir(parents=True)
        lines = "".join(json.dumps(row) + "\n" for row in rows)
        (rows_folder / "rows.json").write_text(lines, encoding="utf-8")
        self.tables.execute_sql(file_source(read_statement(SQL, f"sources/{source}"), rows_folder))
        columns = set(self.columns(source))
        unknown = {column for row in rows for column in row} - columns
        assert not unknown, f"{source} has no column {unknown}"

    def columns(self, table: str) -> dict[str, str]:
        """Type by name of the columns of a table or view, as Flink resolves them."""
        with self.tables.execute_sql(f"DESCRIBE `{table}`").collect() as described:
            return {row[0]: re.sub(r" \*ROWTIME\*| NOT NULL", "", row[1]) for row in described}

    def run_view(self, view: str) -> list[Row]:
        """Rows of a view, in any order."""
        columns = ", ".join(f"`{name}` {type_}" for name, type_ in self.columns(view).items())
        output = self._folder / "observed"
        self.tables.execute_sql(
            f"CREATE TEMPORARY TABLE observed ({columns}) "
            f"WITH ('connector' = 'filesystem', 'path' = '{output}', {_JSON})"
        )
        self.tables.execute_sql(f"INSERT INTO observed SELECT * FROM `{view}`").wait()  # noqa: S608
        return read_lines(output)

    def run_insert(self, record_type: str) -> list[Row]:
        """Records that an insert writes, in any order."""
        output = self._folder / "results"
        options = {"connector": "filesystem", "path": str(output), "format": "json"}
        self.tables.execute_sql(result_stream_ddl(options))
        self.tables.execute_sql(read_statement(SQL, f"sinks/{record_type}"))
        insert = f"inserts/{record_type}"
        self.tables.execute_sql(read_statement(SQL, insert, self._parameters.get(insert))).wait()
        return read_lines(output)


def read_lines(folder: Path) -> list[Row]:
    """Rows of all files of JSON lines in a folder; empty when no file was written."""
    files = sorted(file for file in folder.rglob("part-*") if file.is_file())
    return [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]
