"""The analytics in common Flink SQL: an interval join, tumbling and hopping windows."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from compared_job import HERE, RESULTS, environment
from pyflink.table import StreamTableEnvironment

tables = StreamTableEnvironment.create(environment())
tables.get_config().set_local_timezone("UTC")
tables.get_config().set("pipeline.name", "plain-sql")
text = (HERE / "plain_sql.sql").read_text(encoding="utf-8").replace("${results}", RESULTS.as_uri())
inserts = tables.create_statement_set()
for statement in (part.strip() for part in text.split(";")):
    if "INSERT INTO" in statement:
        inserts.add_insert_sql(statement)
    elif statement:
        tables.execute_sql(statement)
inserts.execute()
