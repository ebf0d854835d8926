"""Draws the graph of the job in README.md, with the cost of each vertex in the latest benchmark."""

import json
import re
import sys
from typing import Any

from pyflink.datastream import StreamExecutionEnvironment
from pyflink.java_gateway import get_gateway
from pyflink.table import StreamTableEnvironment
from sql_runner import FLINK, JAR, SQL

from ad_analytics.pipeline import build_pipeline, register_tables
from ad_analytics.property_groups import read_property_groups
from ad_analytics.settings import Settings, parse_settings
from ad_analytics.sql_file import read_statement, statement_names
from ad_analytics.statement_parameters import statement_parameters

README = FLINK / "README.md"
BENCHMARK = FLINK.parent / "docs" / "benchmarks" / "graph.json"
BEGIN, END = "<!-- job-graph -->", "<!-- /job-graph -->"
# The benchmark identifies the vertices by the names of their threads, which Linux cuts.
THREAD_NAME_LENGTH = 15


def stream_graph_of(environment: StreamExecutionEnvironment, settings: Settings) -> Any:
    """The Java StreamGraph of the job that would be submitted."""
    tables = StreamTableEnvironment.create(environment)
    register_tables(tables, settings, SQL)
    planner = tables._j_tenv.getPlanner()
    operations = get_gateway().jvm.java.util.ArrayList()
    for name in statement_names(SQL, "inserts"):
        operations.addAll(
            planner.getParser().parse(read_statement(SQL, name, statement_parameters(settings).get(name)))
        )
    return environment._j_stream_execution_environment.generateStreamGraph(planner.translate(operations))


def _costs() -> dict[str, str]:
    """Microseconds of CPU per event, at parallelism 1, by the name of the thread."""
    report = json.loads(BENCHMARK.read_text("utf-8"))
    [table] = [table for table in report["tables"] if table["title"].startswith("By thread")]
    return {_thread_name(row[0]): row[1].split(" ")[0] for row in table["rows"]}


def _thread_name(vertex: str) -> str:
    # The planner continues the numbers of the operators of earlier jobs.
    return re.sub(r"\[.*", "", vertex[:THREAD_NAME_LENGTH]).strip()


def _short_name(vertex: str) -> str:
    return re.split(r" -> |\[|: Writer|-json", vertex.removeprefix("Source: "))[0]


def picture_of(graph: Any, costs: dict[str, str]) -> str:
    """Draws the vertices of a job and the edges between them.

    graph: a Java JobGraph.
    costs: microseconds of CPU per event, by the name of the thread.
    Returns a Mermaid flowchart. A thick arrow is a shuffle by key, a thin one stays in its subtask.
    """
    names = {vertex.getID().toString(): vertex.getName() for vertex in graph.getVerticesAsArray()}
    nodes, edges = [], set()
    for vertex in graph.getVerticesAsArray():
        name = vertex.getName()
        cost = costs.get(_thread_name(name))
        measured = "" if cost is None or name.startswith("Source: ") else f"<br/>{cost} µs"
        nodes.append(f'  {_short_name(name)}["{_short_name(name)}{measured}"]')
        for edge in vertex.getInputs():
            producer = _short_name(names[edge.getSource().getProducer().getID().toString()])
            arrow = "==>" if edge.getShipStrategyName() == "HASH" else "-->"
            edges.add(f"  {producer} {arrow} {_short_name(name)}")
    return "\n".join(["```mermaid", "flowchart LR", *sorted(nodes), *sorted(edges), "```"])


def readme_with_picture(graph: Any) -> str:
    """Returns README.md with the picture of this Java JobGraph between its markers."""
    before, rest = README.read_text("utf-8").split(BEGIN)
    after = rest.split(END)[1]
    costs = _costs()
    reading = costs[_thread_name("source: reading and parsing")]
    words = (
        f"The {len(graph.getVerticesAsArray())} vertices of the job, with their CPU time per event at parallelism 1 "
        f"([benchmark](../docs/benchmarks/README.md#graph)). Both sources together read and parse in {reading} µs. "
        "RocksDB's own threads, garbage collection and Flink itself are not in these figures. "
        "A thick arrow is a shuffle by key; a thin arrow stays in its subtask."
    )
    return f"{before}{BEGIN}\n\n{words}\n\n{picture_of(graph, costs)}\n\n{END}{after}"


def main() -> None:
    """Updates the picture in README.md."""
    file = FLINK / "kinesis-config.json"
    settings = parse_settings(read_property_groups(file), str(file))
    environment = StreamExecutionEnvironment.get_execution_environment()
    environment.add_jars(JAR.as_uri())
    build_pipeline(environment, settings, SQL)
    README.write_text(readme_with_picture(stream_graph_of(environment, settings).getJobGraph()), "utf-8")
    sys.stdout.write(f"Wrote the picture of the job into {README}\n")


if __name__ == "__main__":
    main()
