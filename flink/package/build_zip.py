"""Builds the deployable zip of the application; ``npx nx run flink:package`` calls it once the jar is built."""

from __future__ import annotations

import argparse
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

FLINK = Path(__file__).resolve().parent.parent
JAR = FLINK / "target" / "pyflink-dependencies.jar"
ZIP = FLINK / "dist" / "ad-analytics-flink.zip"

#: The same in every build, so that an unchanged application gives the same bytes and is not deployed again.
_TIMESTAMP = (2026, 1, 1, 0, 0, 0)
_REGULAR_FILE_0644 = 0o100644 << 16
_UNIX = 3


def contents(flink: Path, jar: Path) -> Iterator[tuple[PurePosixPath, Path]]:
    """Lists the content of the zip: entry point, package and SQL without their tests, the jar, the license.

    :param flink: folder of the project
    :param jar: the built jar
    :returns: path in the zip and file, in any order
    :raises FileNotFoundError: naming what is missing
    """
    yield PurePosixPath("main.py"), flink / "main.py"
    yield PurePosixPath("LICENSE"), flink.parent / "LICENSE"
    yield PurePosixPath("lib/pyflink-dependencies.jar"), jar
    for folder, pattern in (("ad_analytics", "*.py"), ("sql", "*.sql")):
        files = [file for file in (flink / folder).rglob(pattern) if not file.name.endswith("_test.py")]
        if not files:
            raise FileNotFoundError(f"{flink / folder} does not contain {pattern}")
        for file in files:
            yield PurePosixPath(file.relative_to(flink).as_posix()), file


def build_zip(flink: Path, jar: Path, output: Path) -> list[str]:
    """Writes the zip; the same files give the same bytes.

    The files are sorted, have the same time and mode, and are stored without compression, because the output of zlib
    differs between its versions (the jar is already compressed).

    :param flink: folder of the project
    :param jar: the built jar
    :param output: path of the zip; replaced atomically, so that a reader never finds an incomplete zip
    :returns: paths in the zip
    :raises FileNotFoundError: naming what is missing
    """
    entries = sorted(contents(flink, jar))
    for _, file in entries:
        if not file.is_file():
            raise FileNotFoundError(f"{file} is missing")
    output.parent.mkdir(parents=True, exist_ok=True)
    unfinished = output.with_suffix(".zip.unfinished")
    with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_STORED) as archive:
        for name, file in entries:
            info = zipfile.ZipInfo(str(name), _TIMESTAMP)
            info.create_system = _UNIX
            info.external_attr = _REGULAR_FILE_0644
            archive.writestr(info, file.read_bytes())
    unfinished.replace(output)
    return [str(name) for name, _ in entries]


def main(arguments: list[str]) -> int:
    """Builds the zip from the command line.

    :param arguments: after the script
    :returns: exit code: 0, 1 when something is missing, 2 for invalid usage
    """
    parser = argparse.ArgumentParser(description="Builds the deployable zip of the Flink application.")
    parser.add_argument(
        "--jar", type=Path, default=JAR, help="built by `npx nx run flink:build` (default: %(default)s)"
    )
    parser.add_argument("--output", type=Path, default=ZIP, help="zip to write (default: %(default)s)")
    options = parser.parse_args(arguments)
    try:
        names = build_zip(FLINK, options.jar, options.output)
    except FileNotFoundError as error:
        sys.stderr.write(f"Cannot package: {error}. Build the jar with: npx nx run flink:build\n")
        return 1
    size = options.output.stat().st_size / 1024 / 1024
    sys.stdout.write(f"{options.output}: {len(names)} files, {size:.1f} MiB\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
