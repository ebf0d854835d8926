package adanalytics.result;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adanalytics.privacy.KeySource;
import adanalytics.privacy.PrivacySettings;
import adanalytics.privacy.ResultPrivacy;
import adanalytics.result.ResultStreamServer.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Alerts in a job on a cluster, from rows with original ids to the bytes that Kinesis gets. */
@Timeout(120)
class PrivateResultsTest {
  private static final String USER = "u-1";
  private static final int NETWORKS = 20;
  private static final int ADDRESSES_OF_EACH = 5;

  @RegisterExtension static final MiniClusterExtension CLUSTER = new MiniClusterExtension();

  private static final RowType ROW =
      (RowType)
          DataTypes.ROW(
                  DataTypes.FIELD("record_type", DataTypes.STRING()),
                  DataTypes.FIELD("record_id", DataTypes.STRING()),
                  DataTypes.FIELD("schema_version", DataTypes.INT()),
                  DataTypes.FIELD("event_time", DataTypes.STRING()),
                  DataTypes.FIELD(
                      "fraud_alert",
                      DataTypes.ROW(
                          DataTypes.FIELD("rule", DataTypes.STRING()),
                          DataTypes.FIELD("actor_type", DataTypes.STRING()),
                          DataTypes.FIELD("actor_id", DataTypes.STRING()),
                          DataTypes.FIELD("window_start", DataTypes.STRING()))))
              .getLogicalType();

  @TempDir private Path folder;
  private Path keyFile;
  private final List<String> originals = new ArrayList<>();

  @BeforeEach
  void writeKey() throws IOException {
    keyFile = Files.writeString(folder.resolve("key"), "k23456789012345678901234567890ab");
    for (int network = 0; network < NETWORKS; network++) {
      for (int host = 1; host <= ADDRESSES_OF_EACH; host++) {
        originals.add("203.0." + network + "." + host);
        originals.add("2001:db8:" + network + "::" + host);
      }
    }
  }

  @Test
  void noOriginalIdIsWrittenAndNoAlertIsLost() throws Exception {
    try (ResultStreamServer stream = new ResultStreamServer(request -> Answer.TAKE_ALL)) {
      write(stream, privacy());

      // By partition key, the hash of the record_id: all alerts have different ones.
      assertThat(stream.taken()).hasSize(originals.size() + 1);
      String written = String.join("\n", stream.taken().values());
      assertThat(originals).noneMatch(original -> contains(written, original));
      assertThat(written).doesNotContain(USER).contains("203.0.7.0/24", "2001:db8:7::/48");
    }
  }

  @Test
  void withoutTheSettingsTheOriginalIdsAreWritten() throws Exception {
    try (ResultStreamServer stream = new ResultStreamServer(request -> Answer.TAKE_ALL)) {
      write(stream, null);

      String written = String.join("\n", stream.taken().values());
      assertThat(originals).allMatch(original -> contains(written, original));
      assertThat(written).contains(USER);
    }
  }

  @Test
  void aTaskThatFindsAnotherKeyFails() throws Exception {
    try (ResultStreamServer stream = new ResultStreamServer(request -> Answer.TAKE_ALL)) {
      Files.writeString(keyFile, "a-key-of-which-no-task-knows-yet");
      ResultPrivacy privacy = privacy();
      Files.writeString(keyFile, "another-key-that-has-32-bytes-xx");

      assertThatThrownBy(() -> write(stream, privacy))
          .hasStackTraceContaining("Privacy/privacy.key.file")
          .hasStackTraceContaining("another key than when the job started");
      assertThat(stream.taken()).isEmpty();
    }
  }

  /** As a whole word: 203.0.1.1 is not in 203.0.1.11. */
  private static boolean contains(String text, String word) {
    return Pattern.compile(Pattern.quote(word) + "(?![0-9a-f])").matcher(text).find();
  }

  private ResultPrivacy privacy() {
    KeySource key = new KeySource(null, keyFile.toString(), "us-east-1", null);
    return ResultPrivacy.of("fraud_alert", ROW, new PrivacySettings("hmac", "cut", key));
  }

  private void write(ResultStreamServer stream, ResultPrivacy privacy) throws Exception {
    List<String> actors = new ArrayList<>(originals);
    actors.add(USER);
    Configuration configuration = new Configuration();
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration);
    environment.setParallelism(1);
    // As the job does: rows are not copied between operators.
    environment.getConfig().enableObjectReuse();
    SerializationSchema<RowData> text = row -> row.toString().getBytes(UTF_8);
    environment
        .fromCollection(actors)
        .map(actor -> alert(actor.equals(USER) ? "user" : "ip", actor))
        .returns(RowData.class)
        .flatMap(new ResultEncoder(text, privacy))
        .returns(ResultRecord.type())
        .sinkTo(
            new ResultSink(
                "results", stream.client(), Duration.ofMillis(10), Duration.ofMinutes(5)));
    environment.execute();
  }

  private static RowData alert(String type, String actor) {
    String start = "2026-11-23T10:00:00.000Z";
    String id = String.join(":", "fraud_alert", "known_bot", type, start, actor);
    return GenericRowData.of(
        text("fraud_alert"),
        text(id),
        1,
        text(start),
        GenericRowData.of(text("known_bot"), text(type), text(actor), text(start)));
  }

  private static StringData text(String value) {
    return StringData.fromString(value);
  }
}
