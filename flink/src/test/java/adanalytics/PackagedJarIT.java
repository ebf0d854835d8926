package adanalytics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Checks the content of the application's jar: what it must contain, and what it must not contain.
 */
class PackagedJarIT {
  private static ZipFile jar;
  private static List<String> entries;

  @BeforeAll
  static void open() throws IOException {
    jar = new ZipFile(new File(System.getProperty("packaged.jar")));
    entries = jar.stream().map(ZipEntry::getName).collect(Collectors.toList());
  }

  @AfterAll
  static void close() throws IOException {
    jar.close();
  }

  @Test
  void sqlFindsTheFactoriesOfTheConnectorAndOurs() throws IOException {
    assertThat(factories())
        .contains(
            "adanalytics.table.EventPipelineTableFactory",
            "org.apache.flink.connector.kinesis.table.KinesisDynamicTableSinkFactory");
    assertThat(factories())
        .doesNotHaveDuplicates()
        .allMatch(name -> entries.contains(classFile(name)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "schemas/impression.schema.json",
        "schemas/click.schema.json",
        "known-bots/crawler-user-agents.json",
        "known-bots/LICENSE",
        "org/apache/flink/streaming/connectors/kinesis/FlinkKinesisConsumer.class",
        "org/apache/flink/connector/base/sink/AsyncSinkBase.class",
        "adanalytics/shaded/jackson/databind/ObjectMapper.class",
        "dk/brics/automaton/RunAutomaton.class",
        "licenses/dk.brics.automaton.txt",
        "schemas/personal-fields.json",
        "org/apache/flink/kinesis/shaded/software/amazon/awssdk/services/secretsmanager/SecretsManagerClient.class"
      })
  void carries(String entry) {
    assertThat(entries).contains(entry);
  }

  /** A second copy of a class of the cluster causes errors that do not name the cause. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "org/apache/flink/runtime/",
        "org/apache/flink/streaming/api/",
        "org/apache/flink/table/api/",
        "org/apache/flink/table/data/",
        "org/apache/flink/api/common/",
        "org/apache/logging/",
        "org/apache/log4j/",
        "org/slf4j/",
        "com/fasterxml/jackson/",
        "software/amazon/",
        "amazon-kinesis-producer-native-binaries/",
        "cacerts/",
        "org/apache/flink/kinesis/shaded/com/amazonaws/jmx/SdkMBeanRegistrySupport.class",
        "com/networknt/",
        "com/code_intelligence/",
        "org/junit/",
        "net/jqwik/"
      })
  void leavesOut(String folder) {
    assertThat(entries).noneMatch(entry -> entry.startsWith(folder));
  }

  /** The SDK refuses to choose between two clients that are registered. */
  @Test
  void registersOneClientOfHttp() throws IOException {
    String name =
        "META-INF/services/org.apache.flink.kinesis.shaded.software.amazon.awssdk.http.SdkHttpService";
    String services =
        new String(jar.getInputStream(jar.getEntry(name)).readAllBytes(), StandardCharsets.UTF_8);
    assertThat(services.lines().filter(line -> !line.isBlank() && !line.startsWith("#")))
        .singleElement()
        .asString()
        .contains("ApacheSdkHttpService");
  }

  @Test
  void hasEachEntryOnce() {
    assertThat(entries).doesNotHaveDuplicates();
  }

  @Test
  void hasNoSignaturesOfOtherJars() {
    assertThat(entries).noneMatch(entry -> entry.matches("META-INF/[^/]*\\.(SF|DSA|RSA)"));
  }

  private static List<String> factories() throws IOException {
    ZipEntry entry = jar.getEntry("META-INF/services/org.apache.flink.table.factories.Factory");
    String text = new String(jar.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
    return Arrays.stream(text.split("\n"))
        .map(String::trim)
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .collect(Collectors.toList());
  }

  private static String classFile(String name) {
    return name.replace('.', '/') + ".class";
  }
}
