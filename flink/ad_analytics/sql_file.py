"""Reads SQL statements from files, one statement per file, and substitutes their parameters strictly."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

_PLACEHOLDER = re.compile(r"\$\{([^}]*)\}")


class SqlFileError(Exception):
    """A SQL file cannot be read, or its placeholders do not match the given parameters."""


def substitute(template: str, parameters: Mapping[str, str], origin: str) -> str:
    """Replaces every ``${name}`` of a statement by its value; placeholders inside values are not replaced.

    :param template: text of the statement
    :param parameters: value by name; each must be used
    :param origin: name of the statement in error messages, for example its path
    :returns: the statement
    :raises SqlFileError: for a placeholder without a value, a value without a placeholder, or an unclosed ``${``
    """
    wanted = set(_PLACEHOLDER.findall(template))
    if template.count("${") != len(_PLACEHOLDER.findall(template)):
        raise SqlFileError(f'{origin}: "${{" without "}}"')
    missing = sorted(wanted - set(parameters))
    if missing:
        raise SqlFileError(f"{origin}: a value is missing for the parameter {', '.join(missing)}")
    unused = sorted(set(parameters) - wanted)
    if unused:
        raise SqlFileError(f"{origin}: the parameter {', '.join(unused)} is not used")
    return _PLACEHOLDER.sub(lambda match: parameters[match[1]], template)


def read_statement(folder: Path, name: str, parameters: Mapping[str, str] | None = None) -> str:
    """Reads one statement.

    :param folder: the application's ``sql`` folder
    :param name: path below it without ending, for example ``inserts/campaign_metrics``
    :param parameters: values of its ``${...}`` placeholders, none when not given
    :returns: the statement, ready to run
    :raises SqlFileError: when the file does not exist, or the parameters do not fit
    """
    path = folder / f"{name}.sql"
    try:
        template = path.read_text(encoding="utf-8")
    except OSError as error:
        raise SqlFileError(f"cannot read {path}: {error.strerror}") from error
    return substitute(template, parameters or {}, str(path))


def statement_names(folder: Path, kind: str) -> list[str]:
    """Lists the statements of one kind, those in subfolders as well.

    :param folder: the application's ``sql`` folder
    :param kind: ``functions``, ``sources``, ``rules``, ``views``, ``sinks`` or ``inserts``
    :returns: names for :func:`read_statement`, sorted
    :raises SqlFileError: when none exists: the application is incomplete
    """
    names = sorted(file.relative_to(folder).with_suffix("").as_posix() for file in (folder / kind).rglob("*.sql"))
    if not names:
        raise SqlFileError(f"{folder / kind} does not contain any .sql file; package the application again")
    return names
