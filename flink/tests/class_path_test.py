"""Every thread of the Java gateway finds the classes of the jar."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from pyflink.datastream import StreamExecutionEnvironment
from pyflink.java_gateway import get_gateway
from sql_runner import JAR

THREADS = 16


def test_every_gateway_thread_finds_the_classes_of_the_jar() -> None:
    """Concurrent calls use separate connections, and each connection has a separate thread in the JVM."""
    # Like the other tests: in the JVM, this affects only the thread of this call.
    StreamExecutionEnvironment.get_execution_environment().add_jars(JAR.as_uri())
    together = Barrier(THREADS)

    def class_names(_: int) -> set[str]:
        together.wait(timeout=60)
        jvm = get_gateway().jvm
        return {jvm.adanalytics.pipeline.AcceptedEvents().getClass().getName() for _ in range(20)}

    with ThreadPoolExecutor(THREADS) as pool:
        found = set().union(*pool.map(class_names, range(THREADS)))
    assert found == {"adanalytics.pipeline.AcceptedEvents"}
