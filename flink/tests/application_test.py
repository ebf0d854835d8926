"""Tests the wiring of the application: with the real sources and sinks of the jar, planned but not started."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from job_graph import README, readme_with_picture, stream_graph_of
from pyflink.datastream import StreamExecutionEnvironment
from pyflink.java_gateway import get_gateway
from sql_runner import FLINK, JAR, SQL

from ad_analytics.pipeline import build_pipeline, view_names
from ad_analytics.property_groups import read_property_groups
from ad_analytics.settings import PrivacySettings, Settings, parse_settings
from ad_analytics.sql_file import SqlFileError, statement_names
from ad_analytics.statement_parameters import statement_parameters
from main import application_root


@pytest.fixture(scope="module")
def settings() -> Settings:
    file = FLINK / "kinesis-config.json"
    return parse_settings(read_property_groups(file), str(file))


@pytest.fixture(scope="module")
def environment() -> StreamExecutionEnvironment:
    assert JAR.is_file(), f"{JAR} is missing; build it with: npx nx run flink:build"
    environment = StreamExecutionEnvironment.get_execution_environment()
    environment.add_jars(JAR.as_uri())
    return environment


@pytest.fixture(scope="module")
def plan(environment: StreamExecutionEnvironment, settings: Settings) -> str:
    """The optimized execution plan of the whole job."""
    explained: str = build_pipeline(environment, settings, SQL).explain()
    return explained[explained.index("== Optimized Execution Plan ==") :]


@pytest.fixture(scope="module")
def vertices(plan: str, environment: StreamExecutionEnvironment, settings: Settings) -> list[str]:
    assert plan
    return vertices_of(environment, settings)


def vertices_of(environment: StreamExecutionEnvironment, settings: Settings) -> list[str]:
    """Names of the vertices of the submitted job; the planner's explanation does not include them."""
    names = (vertex.getName() for vertex in stream_graph_of(environment, settings).getJobGraph().getVerticesAsArray())
    # The planner continues the numbers of the operators of earlier jobs.
    return sorted(re.sub(r"\[\d+\]", "", name) for name in names)


def test_every_operator_with_state_has_a_uid(
    vertices: list[str], environment: StreamExecutionEnvironment, settings: Settings
) -> None:
    assert vertices
    nodes = stream_graph_of(environment, settings).getStreamNodes().toArray()
    uids = {node.getTransformationUID() for node in nodes if node.getStateKeySerializer() is not None}
    assert uids == {"click-deduplication", "attribution", "address-windows", "user-windows", "totals-windows"}
    [writer] = [node for node in nodes if "Writer" in node.getOperatorName()]
    assert writer.getTransformationUID() == "results"


def test_the_readme_has_the_picture_of_the_job(
    vertices: list[str], environment: StreamExecutionEnvironment, settings: Settings
) -> None:
    assert vertices
    graph = stream_graph_of(environment, settings).getJobGraph()
    assert README.read_text("utf-8") == readme_with_picture(graph), "make it again with: npx nx run flink:job-graph"


def test_each_input_is_read_once_under_the_name_of_its_metrics(vertices: list[str]) -> None:
    sources = sorted(name.split(" -> ")[0] for name in vertices if "Source" in name)
    assert sources == ["Source: clicks", "Source: impressions"]


def test_one_sink_writes_every_result(vertices: list[str]) -> None:
    assert [name for name in vertices if "Writer" in name] == ["results: Writer"]
    graph = " ".join(vertices)
    for name in statement_names(SQL, "sinks"):
        assert f"{name.removeprefix('sinks/')}-json" in graph


def test_a_job_that_is_explained_first_still_has_every_result(
    environment: StreamExecutionEnvironment, settings: Settings, vertices: list[str]
) -> None:
    build_pipeline(environment, settings, SQL).explain()
    assert vertices_of(environment, settings) == vertices


def test_sql_keeps_no_state(plan: str) -> None:
    # Operators of SQL have no uid, so their state would be lost after a change of the graph. Only the operators of the
    # jar have state.
    operators = set(re.findall(r"^[\s:+\-]*([A-Z]\w+)\(", plan, flags=re.MULTILINE))
    assert operators == {"Sink", "Calc", "Union", "TableSourceScan", "Reused"}


def test_the_operators_get_every_setting(
    plan: str, environment: StreamExecutionEnvironment, settings: Settings
) -> None:
    assert plan
    parameters = environment.get_config().get_global_job_parameters()
    assert parameters == dict(settings.job_parameters)


def test_the_job_has_its_name_and_runs_in_utc(environment: StreamExecutionEnvironment, settings: Settings) -> None:
    config = build_pipeline(environment, settings, SQL)._t_env.get_config()
    assert config.get("pipeline.name", "") == "ad-analytics"
    assert config.get_local_timezone() == "UTC"


def test_rows_are_handed_on_uncopied(environment: StreamExecutionEnvironment, settings: Settings) -> None:
    build_pipeline(environment, settings, SQL)
    assert environment.get_config().is_object_reuse_enabled()


def test_a_job_with_every_rule_switched_off_keeps_every_operator_with_state(
    vertices: list[str], environment: StreamExecutionEnvironment, settings: Settings
) -> None:
    parameters = {
        name: "false" if name.endswith(".enabled") else value for name, value in settings.job_parameters.items()
    }
    assert vertices_of(environment, replace(settings, job_parameters=parameters)) == vertices


def test_pseudonyms_change_no_operator(
    vertices: list[str], environment: StreamExecutionEnvironment, settings: Settings, tmp_path: Path
) -> None:
    key = tmp_path / "key"
    key.write_text("k" * 32)
    privacy = PrivacySettings("hmac", "cut", None, str(key))
    assert vertices_of(environment, replace(settings, privacy=privacy)) == vertices


@contextmanager
def secrets_manager(secret: str) -> Iterator[tuple[str, list[str]]]:
    """An endpoint that answers each request with this secret, and the requests that it got."""
    requests: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            requests.append(f"{self.headers['X-Amz-Target']} {body}")
            answer = json.dumps({"SecretString": secret}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", requests
    finally:
        server.shutdown()
        server.server_close()


def test_the_key_is_read_from_secrets_manager_with_the_classes_of_the_jar(
    vertices: list[str], environment: StreamExecutionEnvironment, settings: Settings
) -> None:
    system = get_gateway().jvm.java.lang.System
    for name in ("aws.accessKeyId", "aws.secretAccessKey"):
        system.setProperty(name, "test")
    try:
        with secrets_manager("k" * 32) as (endpoint, requests):
            results = replace(settings.results, endpoint=endpoint)
            privacy = PrivacySettings("hmac", "cut", "pseudonyms", None)
            assert vertices_of(environment, replace(settings, results=results, privacy=privacy)) == vertices
            assert set(requests) == {'secretsmanager.GetSecretValue {"SecretId":"pseudonyms"}'}
        with secrets_manager("hunter2") as (endpoint, _):
            results = replace(settings.results, endpoint=endpoint)
            with pytest.raises(Exception, match=r"Privacy/privacy\.key\.secret: .* has 7 bytes") as refused:
                vertices_of(environment, replace(settings, results=results, privacy=privacy))
            assert "hunter2" not in str(refused.value)
    finally:
        for name in ("aws.accessKeyId", "aws.secretAccessKey"):
            system.clearProperty(name)


def test_a_job_without_its_key_is_refused_with_the_name_of_the_setting(
    environment: StreamExecutionEnvironment, settings: Settings, tmp_path: Path
) -> None:
    privacy = PrivacySettings("plain", "cut", None, str(tmp_path / "absent"))
    with pytest.raises(Exception, match=r"Privacy/privacy\.key\.file: the key in the file .*absent cannot be read"):
        vertices_of(environment, replace(settings, privacy=privacy))


def test_a_snapshot_can_be_restored_with_every_parallelism_that_infra_allows(
    environment: StreamExecutionEnvironment, settings: Settings
) -> None:
    build_pipeline(environment, settings, SQL)
    schema = json.loads((FLINK.parent / "infra" / "environments" / "environment.schema.json").read_text("utf-8"))
    greatest = schema["properties"]["flink"]["properties"]["parallelism"]["maximum"]
    assert environment.get_max_parallelism() >= 2 * greatest


def test_parameters_are_given_to_statements_that_exist(settings: Settings) -> None:
    names = {name for kind in ("sources", "rules", "views", "sinks", "inserts") for name in statement_names(SQL, kind)}
    assert set(statement_parameters(settings)) <= names


@pytest.mark.parametrize("forgotten", ["views/forgotten", "rules/forgotten/rule"])
def test_a_view_that_is_not_registered_is_refused(tmp_path: Path, forgotten: str) -> None:
    for name in (forgotten, *view_names(SQL)):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / f"{name}.sql").touch()
    with pytest.raises(SqlFileError, match=forgotten):
        view_names(tmp_path)


def make_application(folder: Path) -> Path:
    """The minimum content of an application folder."""
    (folder / "ad_analytics").mkdir(parents=True)
    (folder / "ad_analytics" / "__init__.py").touch()
    (folder / "sql").mkdir()
    (folder / "main.py").touch()
    return folder


def test_the_root_is_where_the_link_to_main_leads(tmp_path: Path) -> None:
    root = make_application(tmp_path / "the application")
    link = tmp_path / "pyflink" / "main.py"
    link.parent.mkdir()
    link.symlink_to(root / "main.py")
    assert application_root(link, []) == root


def test_the_root_of_a_copied_main_is_where_the_jar_comes_from(tmp_path: Path) -> None:
    root = make_application(tmp_path / "the app%20lication")
    jar = root / "lib" / "pyflink-dependencies.jar"
    copy = tmp_path / "copy" / "main.py"
    for url in (jar.as_uri(), f"file:{jar}"):
        assert application_root(copy, ["file:/opt/flink/opt/flink-python.jar", url]) == root


def test_an_incomplete_application_is_told_with_the_places_looked_at(tmp_path: Path) -> None:
    root = make_application(tmp_path / "a")
    (root / "sql").rmdir()
    with pytest.raises(FileNotFoundError) as refused:
        application_root(root / "main.py", ["file:/x%20y/lib/z.jar"])
    assert str(root) in str(refused.value)
    assert "/x y" in str(refused.value)
