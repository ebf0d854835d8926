"""Entry point of the Flink application: finds its folder, reads the settings, builds the pipeline and starts it.

The managed service and ``flink run`` take this file and lib/pyflink-dependencies.jar; ``python main.py`` runs it on a
mini-cluster in its own process.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import unquote, urlsplit

from pyflink.datastream import StreamExecutionEnvironment
from pyflink.java_gateway import get_gateway

JAR = Path("lib", "pyflink-dependencies.jar")


def application_root(main_file: Path, jars: Iterable[str]) -> Path:
    """Finds the folder with the package ad_analytics and the folder sql.

    Flink links or copies main.py into a separate folder, and the managed service does not add any other folder to
    Python's path. So the folder is that of the link's target, or that of the jar.

    :param main_file: path of this file, as passed to Python
    :param jars: Flink's option ``pipeline.jars``: URLs. Flink passes them with and without percent-encoding
    :returns: the folder
    :raises FileNotFoundError: with the folders that were searched
    """
    paths = [Path(path) for jar in jars for path in (jar.removeprefix("file:"), unquote(urlsplit(jar).path))]
    places = list(dict.fromkeys([main_file.resolve().parent, *(path.parent.parent for path in paths)]))
    for place in places:
        if (place / "ad_analytics" / "__init__.py").is_file() and (place / "sql").is_dir():
            return place
    tried = "\n".join(f"  - {place}" for place in places)
    raise FileNotFoundError(
        "The application is incomplete: ad_analytics/ and sql/ must both be in the folder of main.py, or in the folder "
        "above that of a jar in pipeline.jars. Package the application with `npx nx run flink:package`. Searched "
        f"folders:\n{tried}"
    )


def main() -> None:
    """Starts the job; waits for its end only if the cluster is in this process."""
    environment = StreamExecutionEnvironment.get_execution_environment()
    configuration = environment._j_stream_execution_environment.getConfiguration()
    options = get_gateway().jvm.org.apache.flink.configuration
    # Read as a list: its text is a YAML list or separated by semicolons, depending on how the job is started.
    root = application_root(Path(__file__), configuration.get(options.PipelineOptions.JARS) or ())
    sys.path.insert(0, str(root))

    from ad_analytics.pipeline import build_pipeline
    from ad_analytics.property_groups import properties_file, read_property_groups
    from ad_analytics.settings import parse_settings

    in_process = configuration.get(options.DeploymentOptions.TARGET) == "local"
    if in_process and (root / JAR).is_file():
        environment.add_jars((root / JAR).as_uri())
    file = properties_file()
    settings = parse_settings(read_property_groups(file), str(file))
    result = build_pipeline(environment, settings, root / "sql").execute()
    if in_process:
        result.wait()


if __name__ == "__main__":
    main()
