"""Runs the test cases of every view and insert."""

from pathlib import Path

import pytest
from case_file import Case, read_cases
from contract import violations
from sql_runner import SQL, Row, SqlRunner

from ad_analytics.sql_file import statement_names


def case_id(case: Case) -> str:
    return f"{case.statement}: {case.name}"


def in_order(rows: list[Row]) -> list[Row]:
    return sorted(rows, key=repr)


@pytest.mark.parametrize("kind", ["rules", "views", "inserts"])
def test_every_statement_has_cases(kind: str) -> None:
    assert {case.statement for case in read_cases(kind)} == set(statement_names(SQL, kind))


def test_times_have_one_formatter() -> None:
    files = [*SQL.rglob("*.sql")]
    assert any("FORMAT_TIME(" in file.read_text("utf-8") for file in files)
    assert [file.name for file in files if "DATE_FORMAT" in file.read_text("utf-8")] == []


def view_of(case: Case) -> str:
    kind, name = case.statement.split("/")[:2]
    return f"fraud_{name}" if kind == "rules" else name


@pytest.mark.parametrize("case", [*read_cases("rules"), *read_cases("views")], ids=case_id)
def test_view(case: Case, tmp_path: Path) -> None:
    rows = SqlRunner(tmp_path, case.given, case.settings).run_view(view_of(case))
    # JSON lines contain all columns; the order of the columns is not tested.
    assert in_order([dict(sorted(row.items())) for row in rows if case.is_compared(row)]) == in_order(
        [dict(sorted(row.items())) for row in case.expected]
    )


@pytest.mark.parametrize("case", read_cases("inserts"), ids=case_id)
def test_insert(case: Case, tmp_path: Path) -> None:
    record_type = case.statement.removeprefix("inserts/")
    records = SqlRunner(tmp_path, case.given, case.settings).run_insert(record_type)
    expected = [
        {
            "record_type": record_type,
            "record_id": record["record_id"],
            "schema_version": 1,
            "event_time": record["event_time"],
            record_type: record["payload"],
        }
        for record in case.expected
    ]
    assert in_order([record for record in records if case.is_compared(record[record_type])]) == in_order(expected)
    assert {violation for record in records for violation in violations(record_type, record)} == set()
