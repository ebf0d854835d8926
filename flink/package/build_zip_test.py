import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import build_zip
import pytest

from ad_analytics.sql_file import statement_names


@pytest.fixture
def jar(tmp_path: Path) -> Path:
    file = tmp_path / "some jar.jar"
    file.write_bytes(b"jar" * 1000)
    return file


def copy_of_project(folder: Path) -> Path:
    """The sources in another folder, with other times, modes and order of creation, like in another clone."""
    shutil.copy(build_zip.FLINK.parent / "LICENSE", folder)
    flink = folder / "flink"
    files = [
        build_zip.FLINK / "main.py",
        *(f for d in ("ad_analytics", "sql") for f in (build_zip.FLINK / d).rglob("*.*")),
    ]
    for file in sorted(files, reverse=True):
        copy = flink / file.relative_to(build_zip.FLINK)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, copy)
        os.utime(copy, (1_000_000_000, 1_000_000_000))
        copy.chmod(0o700)
    return flink


def test_the_same_sources_give_the_same_bytes(tmp_path: Path, jar: Path) -> None:
    build_zip.build_zip(build_zip.FLINK, jar, tmp_path / "a.zip")
    (tmp_path / "other clone").mkdir()
    build_zip.build_zip(copy_of_project(tmp_path / "other clone"), jar, tmp_path / "dist dir" / "b.zip")
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "dist dir" / "b.zip").read_bytes()


def test_it_holds_what_runs_and_nothing_else(tmp_path: Path, jar: Path) -> None:
    names = build_zip.build_zip(build_zip.FLINK, jar, tmp_path / "a.zip")
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert archive.testzip() is None
        assert archive.namelist() == names
        assert archive.read("lib/pyflink-dependencies.jar") == jar.read_bytes()
        assert {info.external_attr >> 16 for info in archive.infolist()} == {0o100644}
    sql = build_zip.FLINK / "sql"
    statements = {
        f"sql/{n}.sql"
        for kind in ("functions", "sources", "rules", "views", "sinks", "inserts")
        for n in statement_names(sql, kind)
    }
    modules = {
        "ad_analytics/__init__.py",
        "ad_analytics/fraud_rules.py",
        "ad_analytics/pipeline.py",
        "ad_analytics/property_groups.py",
        "ad_analytics/result_stream.py",
        "ad_analytics/setting_rules.py",
        "ad_analytics/settings.py",
        "ad_analytics/sql_file.py",
        "ad_analytics/statement_parameters.py",
    }
    assert set(names) == {"main.py", "LICENSE", "lib/pyflink-dependencies.jar"} | modules | statements


def test_a_missing_jar_is_told_with_what_to_do(tmp_path: Path) -> None:
    script = Path(build_zip.__file__)
    command = [sys.executable, str(script), "--jar", str(tmp_path / "no.jar"), "--output", str(tmp_path / "a.zip")]
    run = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    assert run.returncode == 1
    assert "no.jar" in run.stderr
    assert "npx nx run flink:build" in run.stderr
    assert not (tmp_path / "a.zip").exists()


def test_a_missing_part_of_the_sources_is_told(tmp_path: Path, jar: Path) -> None:
    flink = copy_of_project(tmp_path)
    shutil.rmtree(flink / "sql")
    with pytest.raises(FileNotFoundError, match="sql"):
        build_zip.build_zip(flink, jar, tmp_path / "a.zip")
