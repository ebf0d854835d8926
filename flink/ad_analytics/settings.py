"""All settings of the application. They are validated before the job runs, and an error names each wrong setting."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ad_analytics.fraud_rules import ALERT_RULES, LIMITS, UPPER_BOUNDS
from ad_analytics.property_groups import PropertyGroups, SettingsError
from ad_analytics.setting_rules import (
    MAX_WHOLE_NUMBER,
    Rule,
    absolute_path,
    http_url,
    one_of,
    region,
    secret_name,
    stream_name,
    text,
    whole_number,
)

RUN_OPTIONS_GROUP = "kinesis.analytics.flink.run.options"
STREAM_GROUPS = ("AdImpressionsStream", "AdClicksStream", "AdDestinationStream")

#: Reasons that make a click invalid, as result records name them.
CLICK_REASONS = ("duplicate_click", "too_fast_click", "invalid_placement", "known_bot")
_SWITCH = one_of("true", "false")
_STREAM: Mapping[str, Rule] = {"stream.name": stream_name, "aws.region": region, "aws.endpoint": http_url}

#: The rule of each setting, by group and name. A test checks that flink/kinesis-config.json has the same settings.
RULES: Mapping[str, Mapping[str, Rule]] = {
    # A group of the managed service: how it starts the application.
    RUN_OPTIONS_GROUP: {"python": text, "jarfile": text},
    **dict.fromkeys(STREAM_GROUPS, _STREAM),
    "Source": {"initial.position": one_of("TRIM_HORIZON", "LATEST")},
    "EventTime": {
        "max.out.of.orderness.seconds": whole_number(0, MAX_WHOLE_NUMBER),
        "idle.timeout.seconds": whole_number(1, MAX_WHOLE_NUMBER),
        "max.future.seconds": whole_number(0, MAX_WHOLE_NUMBER),
    },
    "Attribution": {"attribution.window.seconds": whole_number(1, MAX_WHOLE_NUMBER)},
    "Metrics": {"metrics.window.seconds": whole_number(1, MAX_WHOLE_NUMBER)},
    "Engagement": {
        "engagement.window.seconds": whole_number(1, MAX_WHOLE_NUMBER),
        "engagement.slide.seconds": whole_number(1, MAX_WHOLE_NUMBER),
    },
    "Fraud": {
        "too.fast.click.millis": whole_number(0, MAX_WHOLE_NUMBER),
        "short.window.seconds": whole_number(1, MAX_WHOLE_NUMBER),
        "short.slide.seconds": whole_number(1, MAX_WHOLE_NUMBER),
        "long.window.seconds": whole_number(1, MAX_WHOLE_NUMBER),
        "long.slide.seconds": whole_number(1, MAX_WHOLE_NUMBER),
        **LIMITS,
        **{f"alert.{rule}.enabled": _SWITCH for rule in ALERT_RULES},
        **{f"reason.{reason}.enabled": _SWITCH for reason in CLICK_REASONS},
    },
    "Privacy": {
        "privacy.user.ids": one_of("plain", "hmac"),
        "privacy.addresses": one_of("full", "cut"),
        "privacy.key.secret": secret_name,
        "privacy.key.file": absolute_path,
    },
}

#: Maximum number of slides in a window. An event is counted in that many windows. libs/pipeline-settings has the same
#: limit.
_MAX_SLIDES = 3600
#: Sliding windows, ``Group/name``: ``name.window.seconds`` must be a multiple of ``name.slide.seconds``.
SLIDING = ("Engagement/engagement", "Fraud/short", "Fraud/long")

#: Settings that may be absent: without an endpoint, the AWS SDK uses that of the region; the defaults of the group
#: Privacy need no key.
OPTIONAL = frozenset(
    [*(f"{group}/aws.endpoint" for group in STREAM_GROUPS), "Privacy/privacy.key.secret", "Privacy/privacy.key.file"]
)


@dataclass(frozen=True)
class StreamSettings:
    """A Kinesis stream: its name, its AWS region and, for a local run, the URL of the emulator."""

    name: str
    region: str
    endpoint: str | None


@dataclass(frozen=True)
class PrivacySettings:
    """How results change personal data, and the one place of the key: a secret's name or ARN, or a file."""

    user_ids: str
    addresses: str
    key_secret: str | None
    key_file: str | None

    @property
    def changes_results(self) -> bool:
        """Whether results differ from those of the defaults."""
        return self.user_ids == "hmac" or self.addresses == "cut"


@dataclass(frozen=True)
class Settings:
    """The validated settings, with types where Python needs them."""

    results: StreamSettings
    privacy: PrivacySettings
    #: All settings, ``Group/setting`` to value. The operators in the jar read them as global job parameters.
    job_parameters: Mapping[str, str] = field(repr=False)

    def number(self, name: str) -> int:
        """A setting that is a whole number, named ``Group/setting``."""
        return int(self.job_parameters[name])


def parse_settings(groups: PropertyGroups, source: str) -> Settings:
    """Validates all settings at once.

    :param groups: value by setting name by group name
    :param source: name of the source in error messages, for example the file's path
    :returns: the settings
    :raises SettingsError: with one line for each group or setting that is unknown, missing, out of range or in
        contradiction to another
    """
    problems = _missing_and_unknown(groups) + _broken_rules(groups)
    # Constraints between settings are checked only if every single value is valid.
    problems = problems or _contradictions(groups)
    if problems:
        raise SettingsError(source, problems)
    results = groups["AdDestinationStream"]
    return Settings(
        results=StreamSettings(results["stream.name"], results["aws.region"], results.get("aws.endpoint")),
        privacy=_privacy(groups),
        job_parameters={f"{group}/{name}": value for group, map_ in groups.items() for name, value in map_.items()},
    )


def _missing_and_unknown(groups: PropertyGroups) -> list[str]:
    problems = [f"The group {group} is unknown." for group in groups if group not in RULES]
    for group, rules in RULES.items():
        if group not in groups:
            problems.append(f"The group {group} is missing.")
            continue
        given = groups[group]
        problems += [f"{group}/{name} is unknown." for name in given if name not in rules]
        problems += [
            f"{group}/{name} is missing." for name in rules if name not in given and f"{group}/{name}" not in OPTIONAL
        ]
    return problems


def _broken_rules(groups: PropertyGroups) -> list[str]:
    problems = []
    for group, given in groups.items():
        for name, value in given.items():
            rule = RULES.get(group, {}).get(name)
            problem = rule(value) if rule else None
            if problem:
                problems.append(f"{group}/{name} {problem}.")
    return problems


def _contradictions(groups: PropertyGroups) -> list[str]:
    return _equal_streams(groups) + _untiled_windows(groups) + _exceeded_bounds(groups) + _key_places(groups)


def _equal_streams(groups: PropertyGroups) -> list[str]:
    names = [groups[group]["stream.name"] for group in STREAM_GROUPS]
    if len(set(names)) == len(names):
        return []
    return [f"stream.name of {', '.join(STREAM_GROUPS)} must differ, but they are {', '.join(names)}."]


def _untiled_windows(groups: PropertyGroups) -> list[str]:
    problems = []
    for sliding in SLIDING:
        group, name = sliding.split("/")
        window, slide = (int(groups[group][f"{name}.{part}.seconds"]) for part in ("window", "slide"))
        if window % slide != 0 or window // slide > _MAX_SLIDES:
            problems.append(
                f"{sliding}.window.seconds ({window}) must be a multiple of {name}.slide.seconds ({slide}), "
                f"at most {_MAX_SLIDES} times it."
            )
    return problems


def _exceeded_bounds(groups: PropertyGroups) -> list[str]:
    fraud = groups["Fraud"]
    return [
        f"Fraud/{name} ({fraud[name]}) must be at most {bound} ({fraud[bound]})."
        for name, bound in UPPER_BOUNDS
        if float(fraud[name]) > float(fraud[bound])
    ]


def _privacy(groups: PropertyGroups) -> PrivacySettings:
    privacy = groups["Privacy"]
    return PrivacySettings(
        privacy["privacy.user.ids"],
        privacy["privacy.addresses"],
        privacy.get("privacy.key.secret"),
        privacy.get("privacy.key.file"),
    )


def _key_places(groups: PropertyGroups) -> list[str]:
    privacy = _privacy(groups)
    places = [place for place in (privacy.key_secret, privacy.key_file) if place is not None]
    if len(places) > 1:
        return ["Privacy/privacy.key.secret and Privacy/privacy.key.file must not both be there: there is one key."]
    if privacy.changes_results and not places:
        return [
            "Privacy/privacy.key.secret is missing: privacy.user.ids=hmac and privacy.addresses=cut need the name of a "
            "secret with a key, or, for a local run, Privacy/privacy.key.file."
        ]
    return []
