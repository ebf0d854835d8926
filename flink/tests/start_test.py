"""Starts the packaged application like the managed service: with Flink's client, from main.py and the jar."""

import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import build_zip
import pyflink
import pytest

FLINK_HOME = Path(pyflink.__file__).parent


@pytest.fixture
def application(tmp_path: Path) -> Path:
    """The unpacked zip, in a folder whose name has special characters."""
    assert build_zip.JAR.is_file(), f"{build_zip.JAR} is missing; build it with: npx nx run flink:build"
    folder = tmp_path / "the application, 100%20"
    build_zip.build_zip(build_zip.FLINK, build_zip.JAR, tmp_path / "application.zip")
    with zipfile.ZipFile(tmp_path / "application.zip") as archive:
        archive.extractall(folder)
    return folder


def start(main_file: Path, jar: Path, config_file: Path) -> "subprocess.CompletedProcess[str]":
    """Runs ``flink run``, without its shell script, which fails for paths with spaces."""
    java = Path(os.environ["JAVA_HOME"], "bin", "java") if os.environ.get("JAVA_HOME") else Path("java")
    # Flink's own configuration contains the options that it needs for Java 17.
    configuration = (FLINK_HOME / "conf" / "config.yaml").read_text(encoding="utf-8")
    modules = re.findall(r"--add-(?:exports|opens)=[^\s\"']+", configuration)
    command = [str(java), *modules, "-classpath", f"{FLINK_HOME}/lib/*", "org.apache.flink.client.cli.CliFrontend"]
    arguments = ["run", "--target", "local", "--python", str(main_file), "--jarfile", str(jar)]
    interpreters = ["--pyClientExecutable", sys.executable, "--pyExecutable", sys.executable]
    environment = {
        **os.environ,
        "FLINK_HOME": str(FLINK_HOME),
        "FLINK_CONF_DIR": str(FLINK_HOME / "conf"),
        "FLINK_LIB_DIR": str(FLINK_HOME / "lib"),
        "FLINK_OPT_DIR": str(FLINK_HOME / "opt"),
        "FLINK_PLUGINS_DIR": str(FLINK_HOME / "plugins"),
        "KINESIS_CONFIG_FILE": str(config_file),
    }
    return subprocess.run(  # noqa: S603
        [*command, *arguments, *interpreters],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        cwd=jar.parent,
    )


@pytest.mark.parametrize("copied", [False, True], ids=["main.py in its place", "main.py copied away"])
def test_it_finds_itself_and_names_what_is_wrong_with_its_settings(
    application: Path, tmp_path: Path, copied: bool
) -> None:
    main_file = application / "main.py"
    if copied:
        main_file = Path(shutil.move(main_file, tmp_path / "main.py"))
    config_file = tmp_path / "settings.json"
    config_file.write_text('[{"PropertyGroupId": "Metrics", "PropertyMap": {"metrics.window": "60"}}]')
    run = start(main_file, application / "lib" / "pyflink-dependencies.jar", config_file)
    output = run.stdout + run.stderr
    assert run.returncode != 0
    assert f"The settings in {config_file} cannot be used" in output
    assert "Metrics/metrics.window is unknown." in output
    assert "The group AdClicksStream is missing." in output


def test_an_incomplete_application_says_so(application: Path, tmp_path: Path) -> None:
    shutil.rmtree(application / "sql")
    run = start(application / "main.py", application / "lib" / "pyflink-dependencies.jar", tmp_path / "none.json")
    assert run.returncode != 0
    assert "The application is incomplete" in run.stdout + run.stderr
    assert str(application) in run.stdout + run.stderr
