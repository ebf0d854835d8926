"""Which values the ``${...}`` of the SQL files stand for."""

from __future__ import annotations

from collections.abc import Mapping

from ad_analytics.settings import Settings

#: Settings that each statement takes, ``Group/setting``; the placeholder is the setting's name.
SETTINGS_OF: Mapping[str, tuple[str, ...]] = {
    "views/fraud_click_velocity": (
        "Fraud/click.velocity.threshold",
        "Fraud/alert.click_velocity_ip.enabled",
        "Fraud/alert.click_velocity_user.enabled",
    ),
    "views/fraud_impression_flood": (
        "Fraud/impression.flood.ip.threshold",
        "Fraud/impression.flood.user.threshold",
        "Fraud/alert.impression_flood.enabled",
    ),
    "views/fraud_unattributed_burst": (
        "Fraud/unattributed.burst.threshold",
        "Fraud/alert.unattributed_burst.enabled",
    ),
    "views/fraud_known_bot": ("Fraud/alert.known_bot.enabled",),
    "views/fraud_abnormal_ctr": (
        "Fraud/abnormal.ctr.min.impressions",
        "Fraud/abnormal.ctr.threshold",
        "Fraud/alert.abnormal_ctr.enabled",
    ),
    "views/fraud_metronome": (
        "Fraud/metronome.min.clicks",
        "Fraud/metronome.variation.threshold",
        "Fraud/alert.metronome.enabled",
    ),
    "views/fraud_id_fan_out": (
        "Fraud/id.fan.out.threshold",
        "Fraud/alert.id_fan_out.enabled",
    ),
    "views/fraud_publisher_ctr_anomaly": (
        "Fraud/publisher.ctr.z.threshold",
        "Fraud/publisher.ctr.min.windows",
        "Fraud/alert.publisher_ctr_anomaly.enabled",
    ),
}


def statement_parameters(settings: Settings) -> dict[str, dict[str, str]]:
    """Which statement gets which parameters; the others have none.

    :param settings: the validated settings
    :returns: value by placeholder by statement name
    """
    return {
        statement: {name.partition("/")[2]: settings.job_parameters[name] for name in names}
        for statement, names in SETTINGS_OF.items()
    }
