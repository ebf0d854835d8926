"""Reads the test cases next to the SQL files: rows of the sources, and exactly the rows that must result."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sql_runner import SQL, Row


@dataclass(frozen=True)
class Case:
    """One case of a ``<statement>.cases.json``."""

    #: Name of the statement, for example ``inserts/campaign_metrics``.
    statement: str
    name: str
    #: Settings that differ from the committed ones, by name.
    settings: Mapping[str, str]
    #: Rows by source table; the file's defaults are filled in, and a row with ``"times": n`` is repeated n times.
    given: Mapping[str, list[Row]]
    #: Restricts what is compared: values by column (of an insert: by field of the payload). Empty: all rows.
    only: Mapping[str, list[str]]
    #: All resulting rows, in any order. For an insert: record_id, event_time and payload of each record.
    expected: list[Row]

    def is_compared(self, row: Row) -> bool:
        """Whether this row (or payload) matches ``only``."""
        return all(row[column] in values for column, values in self.only.items())


def read_cases(kind: str) -> list[Case]:
    """Reads the cases of all statements of one kind.

    :param kind: ``rules``, ``views`` or ``inserts``
    :returns: the cases
    """
    return [case for file in sorted((SQL / kind).rglob("*.cases.json")) for case in _read(file)]


def _read(file: Path) -> list[Case]:
    document = json.loads(file.read_text(encoding="utf-8"))
    defaults = document["defaults"]
    statement = file.relative_to(SQL).as_posix().removesuffix(".cases.json")
    return [
        Case(
            statement=statement,
            name=case["name"],
            settings=case.get("settings", {}),
            given={
                source: [{**defaults.get(source, {}), **row} for row in _repeated(rows)]
                for source, rows in case["given"].items()
            },
            only=case.get("only", {}),
            expected=case["expected"],
        )
        for case in document["cases"]
    ]


def _repeated(rows: list[Row]) -> list[Row]:
    return [
        {column: value for column, value in row.items() if column != "times"}
        for row in rows
        for _ in range(row.get("times", 1))
    ]
