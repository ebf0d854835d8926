import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ad_analytics.property_groups import (
    SERVICE_PROPERTIES_FILE,
    SettingsError,
    parse_property_groups,
    properties_file,
    read_property_groups,
)

GROUPS = st.dictionaries(st.text(), st.dictionaries(st.text(), st.text()))


def rendered(groups: dict[str, dict[str, str]]) -> str:
    return json.dumps([{"PropertyGroupId": name, "PropertyMap": map_} for name, map_ in groups.items()])


@given(GROUPS)
def test_groups_are_read_back(groups: dict[str, dict[str, str]]) -> None:
    assert parse_property_groups(rendered(groups), "x") == groups


@given(st.text() | st.binary().map(lambda data: data.decode("latin-1")))
def test_any_text_is_parsed_or_refused(text: str) -> None:
    try:
        parse_property_groups(text, "x")
    except SettingsError as error:
        assert error.problems


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("", "not JSON"),
        ("{}", "JSON array"),
        ("[1]", "Entry 0"),
        ('[{"PropertyGroupId": "A"}]', "Entry 0"),
        ('[{"PropertyGroupId": "A", "PropertyMap": {}, "x": 1}]', "Entry 0"),
        ('[{"PropertyGroupId": 1, "PropertyMap": {}}]', "PropertyGroupId of entry 0"),
        ('[{"PropertyGroupId": "A", "PropertyMap": []}]', "PropertyMap of the group A"),
        ('[{"PropertyGroupId": "A", "PropertyMap": {"b": 1}}]', "A/b must be text"),
        (
            '[{"PropertyGroupId": "A", "PropertyMap": {}}, {"PropertyGroupId": "A", "PropertyMap": {}}]',
            "A occurs twice",
        ),
    ],
)
def test_another_format_is_refused_with_its_place(text: str, named: str) -> None:
    with pytest.raises(SettingsError, match=named):
        parse_property_groups(text, "x")


def test_the_file_is_the_services_unless_a_local_one_is_named() -> None:
    assert properties_file({}) == SERVICE_PROPERTIES_FILE
    assert properties_file({"KINESIS_CONFIG_FILE": ""}) == SERVICE_PROPERTIES_FILE
    assert properties_file({"KINESIS_CONFIG_FILE": "/a b/c.json"}) == Path("/a b/c.json")


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"none\.json[\s\S]*No such file[\s\S]*KINESIS_CONFIG_FILE"):
        read_property_groups(tmp_path / "none.json")
    (tmp_path / "latin.json").write_bytes(b'["\xe4"]')
    with pytest.raises(SettingsError, match="UTF-8"):
        read_property_groups(tmp_path / "latin.json")
