"""Rules for the values of settings."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlsplit

#: Returns the problem of a value, as the rest of a sentence that begins with the setting's name; None if it is valid.
Rule = Callable[[str], str | None]

#: The greatest number that the operators in the jar accept: Java's Integer.MAX_VALUE. libs/pipeline-settings has the
#: same limit.
MAX_WHOLE_NUMBER = 2**31 - 1

_WHOLE_NUMBER = re.compile(r"0|[1-9][0-9]{0,15}")
_DECIMAL = re.compile(r"(0|[1-9][0-9]{0,8})(\.[0-9]{1,6})?")
_STREAM_NAME = re.compile(r"[a-zA-Z0-9_.-]{1,128}")
_SECRET_NAME = re.compile(r"[a-zA-Z0-9/_+=.@:-]{1,2048}")
_REGION = re.compile(r"[a-z]{2,}(-[a-z]+)+-[0-9]+")


def whole_number(least: int, greatest: int) -> Rule:
    """A decimal whole number without sign or leading zeros, in a range that includes both ends."""

    def check(value: str) -> str | None:
        if _WHOLE_NUMBER.fullmatch(value) and least <= int(value) <= greatest:
            return None
        return f'must be a whole number from {least} to {greatest}, not "{value}"'

    return check


def positive_decimal(value: str) -> str | None:
    """A decimal number above 0, without sign, exponent or leading zeros; at most six decimals."""
    if _DECIMAL.fullmatch(value) and float(value) > 0:
        return None
    return f'must be a number above 0 with at most 6 decimals, not "{value}"'


def one_of(*choices: str) -> Rule:
    """One of the given words."""

    def check(value: str) -> str | None:
        return None if value in choices else f'must be {" or ".join(choices)}, not "{value}"'

    return check


def text(value: str) -> str | None:
    """Any text that is not blank."""
    return None if value.strip() else "must not be empty"


def stream_name(value: str) -> str | None:
    """Name of a Kinesis stream, by the limits of CreateStream."""
    if _STREAM_NAME.fullmatch(value):
        return None
    return f'must be 1 to 128 of the characters a-z A-Z 0-9 _ . -, not "{value}"'


def region(value: str) -> str | None:
    """Name of an AWS region, for example us-east-1."""
    if _REGION.fullmatch(value):
        return None
    return f'must be the name of an AWS region, for example us-east-1, not "{value}"'


def secret_name(value: str) -> str | None:
    """Name or ARN of a secret, by the limits of Secrets Manager."""
    if _SECRET_NAME.fullmatch(value):
        return None
    return f'must be the name or the ARN of a secret, not "{value}"'


def absolute_path(value: str) -> str | None:
    """Absolute path of a file: the processes of the job run in different folders."""
    return None if value.startswith("/") else f'must be the absolute path of a file, not "{value}"'


def http_url(value: str) -> str | None:
    """Address of an AWS endpoint: only scheme, host and an optional port."""
    problem = f'must be a URL like http://127.0.0.1:4566, not "{value}"'
    try:
        parts = urlsplit(value)
        port = parts.port
    except ValueError:
        return problem
    plain = parts.scheme in ("http", "https") and parts.hostname and parts.path in ("", "/")
    bare = not (parts.query or parts.fragment or parts.username or parts.password)
    return None if plain and bare and port != 0 and value == value.strip() and " " not in value else problem
