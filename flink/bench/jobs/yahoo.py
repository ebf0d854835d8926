"""The job of the Yahoo streaming benchmark, with this project's parser and windows."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from compared_job import RESULTS, environment, java_jobs

job = environment()
java_jobs(job).yahoo((RESULTS / "views").as_uri())
job.execute("yahoo")
