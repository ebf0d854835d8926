"""Shared by the compared jobs: the application around this folder, and its settings."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from pyflink.datastream import StreamExecutionEnvironment
from pyflink.java_gateway import get_gateway

HERE = Path(__file__).resolve().parent

# The folder of the packaged application, into which this folder is copied.
sys.path.insert(0, str(HERE.parent))

from ad_analytics.property_groups import properties_file, read_property_groups  # noqa: E402
from ad_analytics.settings import parse_settings  # noqa: E402

#: The folder of this run, which contains the settings.
RUN = properties_file().parent

#: Where the job writes its results.
RESULTS = RUN / "results"


def environment() -> StreamExecutionEnvironment:
    """Creates the environment with the settings as global job parameters, like main.py."""
    made = StreamExecutionEnvironment.get_execution_environment()
    settings = parse_settings(read_property_groups(properties_file()), str(properties_file()))
    made.get_config().set_global_job_parameters(dict(settings.job_parameters))
    made.get_config().enable_object_reuse()
    return made


def java_jobs(made: StreamExecutionEnvironment) -> Any:
    """Returns the jobs of the jar.

    :param made: the environment to build in
    :returns: an object of the Java class ComparedJobs
    """
    return get_gateway().jvm.adanalytics.pipeline.ComparedJobs(made._j_stream_execution_environment)
