"""The runtime properties as the managed service hands them over: a JSON file of property groups."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path

#: Where Managed Service for Apache Flink puts the runtime properties of a Python application
#: (https://docs.aws.amazon.com/managed-flink/latest/java/how-python-programming.html).
SERVICE_PROPERTIES_FILE = Path("/etc/flink/application_properties.json")

#: Names the properties file of a local run.
CONFIG_FILE_VARIABLE = "KINESIS_CONFIG_FILE"

PropertyGroups = Mapping[str, Mapping[str, str]]


class SettingsError(Exception):
    """The settings cannot be used; the message has one line for each problem, naming group and setting."""

    def __init__(self, source: str, problems: list[str]) -> None:
        """:param source: where the settings come from; :param problems: what is wrong, in whole sentences."""
        super().__init__("\n".join([f"The settings in {source} cannot be used:", *(f"  - {p}" for p in problems)]))
        self.problems = problems


def properties_file(environment: Mapping[str, str] = os.environ) -> Path:
    """Finds the properties: the file that ``KINESIS_CONFIG_FILE`` names, else the managed service's.

    :param environment: environment variables
    :returns: path of the file; whether it exists is not looked at
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
    :param source: what an error calls it, for example the file's path
    :returns: value by setting name by group name
    :raises SettingsError: naming the place of everything that is not in that format, and a group that occurs twice
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
