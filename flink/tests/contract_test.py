"""The columns of the sinks are the fields of the contract, in both directions."""

import re
from pathlib import Path
from typing import Any

import pytest
from contract import schema
from sql_runner import SQL, SqlRunner

from ad_analytics.result_stream import result_stream_ddl
from ad_analytics.sql_file import read_statement, statement_names

RECORD_TYPES = [name.removeprefix("sinks/") for name in statement_names(SQL, "sinks")]

# The maximum in the contract shows whether an integer fits into INT or needs BIGINT.
JSON_TYPES = {
    "STRING": {"string"},
    "INT": {"integer", "number"},
    "BIGINT": {"integer"},
    "DOUBLE": {"number"},
    "ARRAY<STRING>": {"array of string"},
}


@pytest.fixture(scope="module")
def runner(tmp_path_factory: pytest.TempPathFactory) -> SqlRunner:
    """All tables of the application, without rows."""
    folder: Path = tmp_path_factory.mktemp("tables")
    runner = SqlRunner(folder, {})
    runner.tables.execute_sql(result_stream_ddl({"connector": "filesystem", "path": str(folder)}))
    for record_type in RECORD_TYPES:
        runner.tables.execute_sql(read_statement(SQL, f"sinks/{record_type}"))
    return runner


def json_type(field: dict[str, Any]) -> str:
    """The type of a field, apart from null; for an array, including the type of its items."""
    types = field["type"] if isinstance(field["type"], list) else [field["type"]]
    [type_] = [type_ for type_ in types if type_ != "null"]
    return f"array of {json_type(field['items'])}" if type_ == "array" else str(type_)


def row_fields(row_type: str) -> dict[str, str]:
    """Type by name of the fields of a ROW, from the output of DESCRIBE; nested ROWs are not supported."""
    body = re.fullmatch(r"ROW<(.*)>", row_type)
    assert body, row_type
    return dict(re.findall(r"`(\w+)` ([A-Z]+(?:<[A-Z]+>)?)", body[1]))


def assert_same_fields(columns: dict[str, str], properties: dict[str, Any]) -> None:
    assert set(columns) == set(properties)
    wrong = {
        name: (columns[name], json_type(field))
        for name, field in properties.items()
        if json_type(field) not in JSON_TYPES[columns[name]]
    }
    assert wrong == {}


def test_a_wrong_type_or_field_would_be_noticed() -> None:
    for columns in ({"a": "BIGINT"}, {"a": "STRING", "b": "STRING"}, {}):
        with pytest.raises(AssertionError):
            assert_same_fields(columns, {"a": {"type": ["string", "null"]}})


@pytest.mark.parametrize("record_type", RECORD_TYPES)
def test_a_sink_has_the_fields_of_its_record(runner: SqlRunner, record_type: str) -> None:
    columns = runner.columns(record_type)
    properties = schema(record_type)["properties"]
    payload = columns.pop(record_type)
    assert_same_fields(columns, {name: field for name, field in properties.items() if name != record_type})
    assert_same_fields(row_fields(payload), properties[record_type]["properties"])
