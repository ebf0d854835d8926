"""Registers the tables and views of the SQL files and collects the inserts into one job."""

from __future__ import annotations

from pathlib import Path

from pyflink.datastream import StreamExecutionEnvironment
from pyflink.table import StatementSet, StreamTableEnvironment, TableEnvironment

from ad_analytics.fraud_rules import SQL_SETTINGS
from ad_analytics.result_stream import result_stream_ddl, result_stream_options
from ad_analytics.settings import Settings
from ad_analytics.sql_file import SqlFileError, read_statement, statement_names
from ad_analytics.statement_parameters import rule_statement, statement_parameters

JOB_NAME = "ad-analytics"

#: Number of key groups of keyed state: the maximum parallelism at which a snapshot can be restored. It cannot change
#: after the first snapshot. Flink's default depends on the parallelism at the first start: 128 for a job that starts
#: with 8, while `infra` allows 256. Four times as many distribute the key groups evenly over the subtasks.
MAX_PARALLELISM = 1024

#: Views in the order of their registration: a view may read those before it.
VIEWS = (*(rule_statement(folder) for folder in SQL_SETTINGS), "views/fraud_alerts")


def build_pipeline(environment: StreamExecutionEnvironment, settings: Settings, sql: Path) -> StatementSet:
    """Registers everything that the inserts read and write, and adds the inserts to one statement set.

    The statement set is one job, which reads each input once.

    :param environment: of the job
    :param settings: the validated settings
    :param sql: the application's ``sql`` folder
    :returns: the statement set, ready to execute
    :raises SqlFileError: when a file is missing, not known, or does not fit its parameters
    """
    # The settings that the operators in the jar read.
    environment.get_config().set_global_job_parameters(dict(settings.job_parameters))
    # Operators of one task pass rows and events without a copy: no operator changes or keeps an object that it has
    # emitted.
    environment.get_config().enable_object_reuse()
    environment.set_max_parallelism(MAX_PARALLELISM)
    tables = StreamTableEnvironment.create(environment)
    # The cluster configures parallelism, state and checkpoints; the application sets name and time zone.
    tables.get_config().set("pipeline.name", JOB_NAME)
    # Times are formatted and windows are aligned in UTC, wherever the cluster runs.
    tables.get_config().set_local_timezone("UTC")
    register_tables(tables, settings, sql)
    parameters = statement_parameters(settings)
    statements = tables.create_statement_set()
    for name in statement_names(sql, "inserts"):
        statements.add_insert_sql(read_statement(sql, name, parameters.get(name)))
    return statements


def register_tables(tables: TableEnvironment, settings: Settings, sql: Path) -> None:
    """Registers functions, sources, views and sinks.

    :param tables: the table environment
    :param settings: the validated settings
    :param sql: the application's ``sql`` folder
    :raises SqlFileError: when a file is missing, not known, or does not fit its parameters
    """
    parameters = statement_parameters(settings)
    for name in (*statement_names(sql, "functions"), *statement_names(sql, "sources"), *view_names(sql)):
        tables.execute_sql(read_statement(sql, name, parameters.get(name)))
    sinks = statement_names(sql, "sinks")
    tables.execute_sql(result_stream_ddl(result_stream_options(settings.results, settings.privacy, len(sinks))))
    for name in sinks:
        tables.execute_sql(read_statement(sql, name))


def view_names(sql: Path) -> tuple[str, ...]:
    """The views in the order of their registration.

    :param sql: the application's ``sql`` folder
    :returns: statement names
    :raises SqlFileError: when the folder has other views or rules than are registered
    """
    found = [*statement_names(sql, "rules"), *statement_names(sql, "views")]
    if sorted(VIEWS) != sorted(found):
        raise SqlFileError(f"{sql} has {', '.join(found)}, but the pipeline registers {', '.join(VIEWS)}")
    return VIEWS
