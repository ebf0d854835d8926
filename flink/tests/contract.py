"""The wire contract as libs/event-schemas publishes it."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

SCHEMAS = Path(__file__).parent.parent.parent / "libs" / "event-schemas" / "schemas"


@cache
def schema(kind: str) -> dict[str, Any]:
    """The JSON Schema of ``impression``, ``click`` or a record type."""
    document: dict[str, Any] = json.loads((SCHEMAS / f"{kind}.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(document)
    return document


def violations(kind: str, record: object) -> list[str]:
    """The problems of a record, as field and reason; empty when it satisfies the contract."""
    return [f"{error.json_path}: {error.message}" for error in Draft202012Validator(schema(kind)).iter_errors(record)]
