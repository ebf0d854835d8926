"""The fraud rules and their settings.

Generated from the catalogue in libs/event-schemas/src/rules. To change it, edit the catalogue, and run:
npx nx run event-schemas:generate
"""

from __future__ import annotations

from collections.abc import Mapping

from ad_analytics.setting_rules import MAX_WHOLE_NUMBER, Rule, positive_decimal, whole_number

#: Rules that raise a fraud_alert, as result records name them.
ALERT_RULES = (
    "known_bot",
    "click_velocity_ip",
    "click_velocity_user",
    "impression_flood",
    "abnormal_ctr",
    "publisher_ctr_anomaly",
    "metronome",
    "unattributed_burst",
    "id_fan_out",
)

#: What each limit of a rule accepts, by the name of the setting in the group Fraud.
LIMITS: Mapping[str, Rule] = {
    "click.velocity.threshold": whole_number(1, MAX_WHOLE_NUMBER),
    "impression.flood.ip.threshold": whole_number(1, MAX_WHOLE_NUMBER),
    "impression.flood.user.threshold": whole_number(1, MAX_WHOLE_NUMBER),
    "abnormal.ctr.min.impressions": whole_number(1, MAX_WHOLE_NUMBER),
    "abnormal.ctr.threshold": positive_decimal,
    "publisher.ctr.z.threshold": positive_decimal,
    "publisher.ctr.min.impressions": whole_number(1, MAX_WHOLE_NUMBER),
    "publisher.ctr.trailing.windows": whole_number(1, 1000),
    "publisher.ctr.min.windows": whole_number(1, 1000),
    "metronome.min.clicks": whole_number(2, MAX_WHOLE_NUMBER),
    "metronome.variation.threshold": positive_decimal,
    "unattributed.burst.threshold": whole_number(1, MAX_WHOLE_NUMBER),
    "id.fan.out.threshold": whole_number(1, MAX_WHOLE_NUMBER),
}

#: Settings that must not exceed another one.
UPPER_BOUNDS = (("publisher.ctr.min.windows", "publisher.ctr.trailing.windows"),)

#: Settings of the group Fraud that the SQL of each rule takes, by the folder of the rule in sql/rules. The rules are
#: registered in this order.
SQL_SETTINGS: Mapping[str, tuple[str, ...]] = {
    "known_bot": ("alert.known_bot.enabled",),
    "click_velocity": (
        "click.velocity.threshold",
        "alert.click_velocity_ip.enabled",
        "alert.click_velocity_user.enabled",
    ),
    "impression_flood": (
        "impression.flood.ip.threshold",
        "impression.flood.user.threshold",
        "alert.impression_flood.enabled",
    ),
    "abnormal_ctr": (
        "abnormal.ctr.min.impressions",
        "abnormal.ctr.threshold",
        "alert.abnormal_ctr.enabled",
    ),
    "publisher_ctr_anomaly": (
        "publisher.ctr.z.threshold",
        "publisher.ctr.min.windows",
        "alert.publisher_ctr_anomaly.enabled",
    ),
    "metronome": (
        "metronome.min.clicks",
        "metronome.variation.threshold",
        "alert.metronome.enabled",
    ),
    "unattributed_burst": (
        "unattributed.burst.threshold",
        "alert.unattributed_burst.enabled",
    ),
    "id_fan_out": (
        "id.fan.out.threshold",
        "alert.id_fan_out.enabled",
    ),
}
