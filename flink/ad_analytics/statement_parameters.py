"""The values of the placeholders ``${...}`` in the SQL files."""

from __future__ import annotations

from ad_analytics.fraud_rules import SQL_SETTINGS
from ad_analytics.settings import Settings


def rule_statement(folder: str) -> str:
    """The statement of a fraud rule.

    :param folder: of the rule, in ``sql/rules``
    :returns: name for :func:`ad_analytics.sql_file.read_statement`
    """
    return f"rules/{folder}/rule"


def statement_parameters(settings: Settings) -> dict[str, dict[str, str]]:
    """The parameters of each statement; statements that are not listed have none.

    :param settings: the validated settings
    :returns: value by placeholder by statement name; a placeholder is the name of a setting of the group Fraud
    """
    return {
        rule_statement(folder): {name: settings.job_parameters[f"Fraud/{name}"] for name in names}
        for folder, names in SQL_SETTINGS.items()
    }
