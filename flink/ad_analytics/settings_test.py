import copy
import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ad_analytics.property_groups import SettingsError, read_property_groups
from ad_analytics.settings import OPTIONAL, RULES, PrivacySettings, StreamSettings, parse_settings

CONFIG_FILE = Path(__file__).parent.parent / "kinesis-config.json"


@pytest.fixture
def groups() -> dict[str, dict[str, str]]:
    """The committed settings, to be changed by a test."""
    return copy.deepcopy({name: dict(map_) for name, map_ in read_property_groups(CONFIG_FILE).items()})


def problems(groups: dict[str, dict[str, str]]) -> list[str]:
    with pytest.raises(SettingsError) as refused:
        parse_settings(groups, "x")
    return refused.value.problems


def test_the_settings_known_are_those_of_the_config_file(groups: dict[str, dict[str, str]]) -> None:
    known = {f"{group}/{name}" for group, rules in RULES.items() for name in rules}
    committed = {f"{group}/{name}" for group, map_ in groups.items() for name in map_}
    assert committed == known - OPTIONAL


def test_the_committed_settings_are_accepted(groups: dict[str, dict[str, str]]) -> None:
    settings = parse_settings(groups, "x")
    assert settings.results == StreamSettings("AdResultantOutput", "us-east-1", None)
    assert settings.number("Metrics/metrics.window.seconds") == 60
    assert settings.job_parameters["AdClicksStream/stream.name"] == "ClicksStreamInput"
    assert settings.job_parameters["Fraud/too.fast.click.millis"] == "500"
    assert len(settings.job_parameters) == sum(len(map_) for map_ in groups.values())


def test_an_endpoint_is_taken(groups: dict[str, dict[str, str]]) -> None:
    groups["AdDestinationStream"]["aws.endpoint"] = "http://127.0.0.1:4566"
    settings = parse_settings(groups, "x")
    assert settings.results.endpoint == "http://127.0.0.1:4566"
    assert settings.job_parameters["AdDestinationStream/aws.endpoint"] == "http://127.0.0.1:4566"


def test_pseudonyms_are_taken_with_the_place_of_their_key(groups: dict[str, dict[str, str]]) -> None:
    assert not parse_settings(groups, "x").privacy.changes_results
    groups["Privacy"] |= {"privacy.user.ids": "hmac", "privacy.key.secret": "arn:aws:secretsmanager:a-b-1:1:secret:x"}
    privacy = parse_settings(groups, "x").privacy
    assert privacy == PrivacySettings("hmac", "full", "arn:aws:secretsmanager:a-b-1:1:secret:x", None)
    assert privacy.changes_results


@pytest.mark.parametrize("name", ["privacy.key.secret", "privacy.key.file"])
def test_the_place_of_the_key_may_not_be_blank(groups: dict[str, dict[str, str]], name: str) -> None:
    groups["Privacy"][name] = ""
    assert problems(groups)[0].startswith(f"Privacy/{name} must be ")


def test_every_setting_is_needed_by_name(groups: dict[str, dict[str, str]]) -> None:
    for group, map_ in groups.items():
        for name in map_:
            without = copy.deepcopy(groups)
            del without[group][name]
            assert problems(without) == [f"{group}/{name} is missing."]
        without = copy.deepcopy(groups)
        del without[group]
        assert problems(without) == [f"The group {group} is missing."]


def test_no_setting_may_be_blank(groups: dict[str, dict[str, str]]) -> None:
    for group, map_ in groups.items():
        for name in map_:
            for blank in ("", " "):
                changed = copy.deepcopy(groups)
                changed[group][name] = blank
                assert [p for p in problems(changed) if p.startswith(f"{group}/{name} must")]


def test_unknown_ones_are_named_all_at_once(groups: dict[str, dict[str, str]]) -> None:
    groups["Metrics"]["metrics.window"] = "1"
    groups["metrics"] = {}
    groups["Source"]["aws.endpoint"] = "http://localhost"
    assert problems(groups) == [
        "The group metrics is unknown.",
        "Source/aws.endpoint is unknown.",
        "Metrics/metrics.window is unknown.",
    ]


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("Metrics/metrics.window.seconds", "0"),
        ("Metrics/metrics.window.seconds", "-1"),
        ("Metrics/metrics.window.seconds", "1.5"),
        ("Metrics/metrics.window.seconds", "060"),
        ("Metrics/metrics.window.seconds", "60 "),
        ("Metrics/metrics.window.seconds", "٦٠"),
        ("Metrics/metrics.window.seconds", "2147483648"),
        ("Metrics/metrics.window.seconds", "6" * 5000),
        ("Attribution/attribution.window.seconds", "0"),
        ("EventTime/idle.timeout.seconds", "0"),
        ("EventTime/max.out.of.orderness.seconds", "-5"),
        ("Fraud/metronome.min.clicks", "1"),
        ("Fraud/click.velocity.threshold", "0"),
        ("Fraud/click.velocity.threshold", "0.5"),
        ("Fraud/publisher.ctr.trailing.windows", "1001"),
        ("Fraud/abnormal.ctr.threshold", "0"),
        ("Fraud/abnormal.ctr.threshold", "0.000"),
        ("Fraud/abnormal.ctr.threshold", "-0.5"),
        ("Fraud/abnormal.ctr.threshold", ".5"),
        ("Fraud/abnormal.ctr.threshold", "0.5e1"),
        ("Fraud/abnormal.ctr.threshold", "00.5"),
        ("Fraud/abnormal.ctr.threshold", "0.1234567"),
        ("Fraud/publisher.ctr.z.threshold", "1234567890"),
        ("Fraud/metronome.variation.threshold", "٣"),
        ("Fraud/alert.metronome.enabled", "TRUE"),
        ("Fraud/alert.metronome.enabled", "off"),
        ("Fraud/reason.invalid_placement.enabled", "0"),
        ("Source/initial.position", "latest"),
        ("Source/initial.position", "AT_TIMESTAMP"),
        ("Privacy/privacy.user.ids", "sha256"),
        ("Privacy/privacy.addresses", "none"),
        ("Privacy/privacy.key.secret", "two words"),
        ("Privacy/privacy.key.file", "key"),
        ("AdClicksStream/stream.name", "a b"),
        ("AdClicksStream/stream.name", "a" * 129),
        ("AdClicksStream/stream.name", "a\n"),
        ("AdClicksStream/aws.region", "us_east_1"),
        ("AdClicksStream/aws.endpoint", "127.0.0.1:4566"),
        ("AdClicksStream/aws.endpoint", "ftp://host"),
        ("AdClicksStream/aws.endpoint", "http://"),
        ("AdClicksStream/aws.endpoint", "http://host:x"),
        ("AdClicksStream/aws.endpoint", "http://host:99999"),
        ("AdClicksStream/aws.endpoint", "http://host/path"),
        ("AdClicksStream/aws.endpoint", "http://user@host"),
    ],
)
def test_a_value_out_of_range_is_refused_with_its_name(
    groups: dict[str, dict[str, str]], setting: str, value: str
) -> None:
    group, name = setting.split("/")
    groups[group][name] = value
    [problem] = problems(groups)
    assert problem.startswith(f"{setting} must be ")
    assert value in problem


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"AdClicksStream/stream.name": "AdResultantOutput"}, r"stream\.name .* must differ"),
        ({"Engagement/engagement.slide.seconds": "7"}, r"multiple of engagement\.slide\.seconds \(7\)"),
        ({"Engagement/engagement.slide.seconds": "600"}, "multiple of"),
        ({"Fraud/short.slide.seconds": "7"}, r"Fraud/short\.window\.seconds \(60\) must be a multiple"),
        ({"Fraud/long.window.seconds": "90"}, r"Fraud/long\.window\.seconds \(90\) must be a multiple"),
        ({"Fraud/long.window.seconds": "216060"}, "at most 3600 times"),
        ({"Fraud/publisher.ctr.min.windows": "25"}, r"at most publisher\.ctr\.trailing\.windows \(24\)"),
        ({"Privacy/privacy.user.ids": "hmac"}, r"^Privacy/privacy\.key\.secret is missing"),
        ({"Privacy/privacy.addresses": "cut"}, r"^Privacy/privacy\.key\.secret is missing"),
        ({"Privacy/privacy.key.secret": "a", "Privacy/privacy.key.file": "/a"}, "must not both be there"),
    ],
)
def test_settings_that_contradict_each_other_are_refused(
    groups: dict[str, dict[str, str]], changes: dict[str, str], named: str
) -> None:
    for setting, value in changes.items():
        group, name = setting.split("/")
        groups[group][name] = value
    [problem] = problems(groups)
    assert re.search(named, problem)


@given(st.data())
def test_any_change_of_one_value_is_accepted_or_refused_by_its_name(data: st.DataObject) -> None:
    groups = {name: dict(map_) for name, map_ in read_property_groups(CONFIG_FILE).items()}
    group = data.draw(st.sampled_from(sorted(groups)))
    name = data.draw(st.sampled_from(sorted(groups[group])))
    groups[group][name] = data.draw(st.text() | st.integers().map(str))
    try:
        settings = parse_settings(groups, "x")
    except SettingsError as error:
        assert all(name in problem for problem in error.problems)
    else:
        assert settings.job_parameters[f"{group}/{name}"] == groups[group][name]


def test_the_message_tells_the_source(groups: dict[str, dict[str, str]]) -> None:
    del groups["Source"]
    with pytest.raises(SettingsError, match=r"/etc/x\.json[\s\S]*Source is missing"):
        parse_settings(groups, "/etc/x.json")


def test_the_config_file_is_in_the_services_format() -> None:
    entries = json.loads(CONFIG_FILE.read_text(encoding="utf-8"))
    assert [sorted(entry) for entry in entries] == [["PropertyGroupId", "PropertyMap"]] * len(entries)
