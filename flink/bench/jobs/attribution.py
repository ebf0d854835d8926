"""Attribution alone, with the operators of the packaged job."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from compared_job import RESULTS, environment, java_jobs

job = environment()
java_jobs(job).attribution((RESULTS / "attributed_click").as_uri())
job.execute("attribution")
