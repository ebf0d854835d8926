"""Reads the runtime properties in the format of the managed service: a JSON file of property groups."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path

#: Where Managed Service for Apache Flink puts the runtime properties of a Python application
#: (https://docs.aws.amazon.com/managed-flink/latest/java/how-python-programming.html).
SERVICE_PROPERTIES_FILE = Path("/etc/flink/application_properties.json")

#: Environment variable with the path of the properties file of a local run.
CONFIG_FILE_VARIABLE = "KINESIS_CONFIG_FILE"

PropertyGroups = Mapping[str, Mapping[str, str]]


class SettingsError(Exception):
    """The settings are invalid; the message has one line for each problem, with group and setting."""

    def __init__(self, source: str, problems: list[str]) -> None:
        """:param source: where the settings come from; :param problems: the problems, as complete sentences."""
        super().__init__("\n".join([f"The settings in {source} cannot be used:", *(f"  - {p}" for p in problems)]))
        self.problems = problems


def properties_file(environment: Mapping[str, str] = os.environ) -> Path:
    """Finds the properties: the file of ``KINESIS_CONFIG_FILE``, otherwise that of the managed service.

    :param environment: environment variables
    :returns: path of the file, which may be missing
    """
    local = environment.get(CONFIG_FILE_VARIABLE)
    return Path(local) if local else SERVICE_PROPERTIES_FILE


def read_property_groups(file: Path) -> PropertyGroups:
    """Reads a properties file.

    :param file: JSON in the service's format
    :returns: value by setting name by group name
    :raises SettingsError: when it cannot be read or is not in that format
    """
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        advice = f"set {CONFIG_FILE_VARIABLE} to a file in the format of flink/kinesis-config.json for a local run"
        raise SettingsError(str(file), [f"The file cannot be read: {reason}; {advice}."]) from error
    return parse_property_groups(text, str(file))


def parse_property_groups(text: str, source: str) -> PropertyGroups:
    """Parses ``[{"PropertyGroupId": name, "PropertyMap": {name: value}}]``, all values text.

    :param text: JSON
    :param source: name of the source in error messages, for example the file's path
    :returns: value by setting name by group name
    :raises SettingsError: with the position of everything that is not in that format, and each repeated group
    """
    try:
        value = json.loads(text)
    except ValueError as error:
        raise SettingsError(source, [f"It is not JSON: {error}."]) from error
    if not isinstance(value, list):
        raise SettingsError(source, ["It must be a JSON array of property groups."])
    groups: dict[str, dict[str, str]] = {}
    problems: list[str] = []
    for index, entry in enumerate(value):
        if not isinstance(entry, dict) or set(entry) != {"PropertyGroupId", "PropertyMap"}:
            problems.append(f"Entry {index} must be an object of PropertyGroupId and PropertyMap.")
            continue
        name, properties = entry["PropertyGroupId"], entry["PropertyMap"]
        if not isinstance(name, str):
            problems.append(f"PropertyGroupId of entry {index} must be text.")
        elif name in groups:
            problems.append(f"The group {name} occurs twice.")
        elif not isinstance(properties, dict):
            problems.append(f"PropertyMap of the group {name} must be an object.")
        else:
            groups[name] = properties
            problems += [f"{name}/{key} must be text." for key, item in properties.items() if not isinstance(item, str)]
    if problems:
        raise SettingsError(source, problems)
    return groups
