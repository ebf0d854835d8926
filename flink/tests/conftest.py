"""Set-up for all tests of this folder, before the first of them starts the JVM."""

from __future__ import annotations

import os

from sql_runner import JAR

# `add_jars` adds the jar only to the context class loader of the JVM thread that handles this call. During concurrent
# calls (the finaliser of a Java object is enough), py4j opens a further connection with a separate thread. Later calls
# may use that thread, which does not find the classes of the jar. On the class path of the JVM, every thread finds
# them. PyFlink extends that path only by this variable, which is meant for Hadoop's jars.
os.environ["HADOOP_CLASSPATH"] = os.pathsep.join(filter(None, [str(JAR), os.environ.get("HADOOP_CLASSPATH")]))

# The tests run much code a few times: the JVM's optimizing compiler takes more CPU time than it saves.
os.environ.setdefault("FLINK_ENV_JAVA_OPTS", "-XX:TieredStopAtLevel=1")
