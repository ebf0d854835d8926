package adanalytics;

import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The benchmarks put the classes of {@code bench/java} into the packaged jar. Two of them replace a
 * class; only a benchmark would notice that the replaced class and its callers have changed.
 */
class BenchClassesTest {
  private static final Path MAIN = Path.of("src", "main", "java");
  private static final Path BENCH = Path.of("bench", "java");

  /**
   * Includes the rest of the package of a replaced class: all its callers, because the class is
   * package-private.
   */
  @Test
  void theClassesOfTheBenchmarksCompileWithTheJob(@TempDir Path classes) throws IOException {
    List<Path> added = sources(BENCH);
    assertThat(added).isNotEmpty();
    List<Path> all = new ArrayList<>(added);
    for (Path source : sources(MAIN.resolve(Path.of("adanalytics", "result")))) {
      if (!added.contains(BENCH.resolve(MAIN.relativize(source)))) {
        all.add(source);
      }
    }
    assertThat(problems(all, classes)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "adanalytics/result/KinesisWriter",
        "org/apache/flink/streaming/connectors/kinesis/proxy/KinesisProxy"
      })
  void theReplacedClassExists(String name) {
    assertThat(BENCH.resolve(name + ".java")).exists();
    assertThat(getClass().getClassLoader().getResource(name + ".class")).isNotNull();
  }

  private static List<Path> sources(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().collect(toList());
    }
  }

  /** Compiles as tools/bench/src/bench-application.ts does. */
  private static List<String> problems(List<Path> sources, Path classes) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
    List<String> options =
        List.of(
            "--release",
            "11",
            "-Xlint:all,-processing,-deprecation,-serial,-classfile,-path",
            "-classpath",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            "-d",
            classes.toString());
    try (StandardJavaFileManager files = compiler.getStandardFileManager(found, null, null)) {
      compiler
          .getTask(null, files, found, options, null, files.getJavaFileObjectsFromPaths(sources))
          .call();
    }
    return found.getDiagnostics().stream()
        .filter(BenchClassesTest::matters)
        .map(problem -> problem.toString())
        .sorted()
        .collect(toList());
  }

  /** Warnings in the job's own classes are checked by the build of the job. */
  private static boolean matters(Diagnostic<? extends JavaFileObject> problem) {
    boolean ofBenchmarks =
        problem.getSource() != null && problem.getSource().getName().startsWith(BENCH.toString());
    return problem.getKind() == Diagnostic.Kind.ERROR
        || (ofBenchmarks && problem.getKind() != Diagnostic.Kind.NOTE);
  }
}
