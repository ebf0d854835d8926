"""What every test of this folder needs before the first of them starts the JVM."""

from __future__ import annotations

import os

from sql_runner import JAR

# `add_jars` gives the jar to the one JVM thread that answers this call, as its context class loader. py4j opens a
# further connection, with a separate thread, whenever a call comes while another is under way (a finaliser of a Java
# object is enough), and any later call may use that one: a class of the jar is then not found. On the class path of
# the JVM every thread finds it. PyFlink takes additions to that path from this variable alone, meant for Hadoop's jars.
os.environ["HADOOP_CLASSPATH"] = os.pathsep.join(filter(None, [str(JAR), os.environ.get("HADOOP_CLASSPATH")]))
