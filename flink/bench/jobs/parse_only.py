"""Reads and parses both streams and discards the events: the minimum that every job must do."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from compared_job import environment, java_jobs

job = environment()
java_jobs(job).parseOnly()
job.execute("parse-only")
