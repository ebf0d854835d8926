package adanalytics.source;

import static adanalytics.source.ClickJobs.SHARD_0;
import static adanalytics.source.ClickJobs.SHARD_1;
import static adanalytics.source.ClickJobs.T;
import static adanalytics.source.ClickJobs.environment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Metric;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.windowing.assigners.TumblingEventTimeWindows;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.CloseableIterator;
import org.apache.flink.util.ExceptionUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The job continues without a shard whose records have expired, and reports it. */
@Timeout(120)
class ExpiredShardTest {
  private static final InMemoryReporter METRICS = InMemoryReporter.createWithRetainedMetrics();

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setConfiguration(METRICS.addToConfiguration(new Configuration()))
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(2)
              .build());

  private String stream;

  @BeforeEach
  void createStream(TestInfo test) {
    stream = test.getTestMethod().orElseThrow().getName();
    FakeKinesis.createStream(stream, 2);
  }

  @Test
  void aShardThatExpiresWhileItIsReadIsLeftAndCounted() throws Exception {
    put(SHARD_0, "a", T);
    put(SHARD_1, "b", T);
    StreamExecutionEnvironment environment = environment(2);
    DataStream<String> lines = lines(environment);
    try (CloseableIterator<String> read = lines.collectAsync()) {
      JobClient job = environment.executeAsync();
      read.next();
      read.next();
      FakeKinesis.expireShard(stream, SHARD_0);
      put(SHARD_1, "c", T);

      assertThat(read.next()).isEqualTo("shard 1 1001 c on time");
      while (expiredShards(job.getJobID()) == 0) {
        Thread.sleep(10);
      }
      put(SHARD_1, "d", T);
      assertThat(read.next()).isEqualTo("shard 1 1002 d on time");
      assertThat(expiredShards(job.getJobID())).isEqualTo(1);
      job.cancel().get();
    }
  }

  /** Between the listing of the shards and the first look into one. */
  @Test
  void aShardThatExpiresBeforeItIsReadIsLeft() throws Exception {
    FakeKinesis.closeShard(stream, SHARD_0);
    FakeKinesis.expireListedShard(stream, SHARD_0);
    put(SHARD_1, "b", T);

    assertThat(lines(environment(2)).executeAndCollect(1))
        .containsExactly("shard 1 1000 b on time");
  }

  @Test
  void anExpiredShardDoesNotHoldTheWindowsOpen() throws Exception {
    FakeKinesis.closeShard(stream, SHARD_0);
    FakeKinesis.expireListedShard(stream, SHARD_0);
    put(SHARD_1, "b", T);
    put(SHARD_1, "c", T + 60_000);

    DataStream<Integer> windows =
        ClickJobs.source(environment(1), stream)
            .map(record -> 1)
            .returns(Types.INT)
            .windowAll(TumblingEventTimeWindows.of(Duration.ofSeconds(10)))
            .sum(0);

    assertThat(windows.executeAndCollect(1)).containsExactly(1);
  }

  @Test
  void aRestoredShardThatIsNotListedIsCounted(@TempDir Path savepoints) throws Exception {
    put(SHARD_0, "a", T);
    put(SHARD_1, "b", T);
    String savepoint = savepointAfter(2, savepoints);
    FakeKinesis.expireShard(stream, SHARD_0);
    put(SHARD_1, "c", T);

    StreamExecutionEnvironment environment = ClickJobs.restored(1, savepoint);
    DataStream<String> lines = lines(environment);
    try (CloseableIterator<String> read = lines.collectAsync()) {
      JobClient job = environment.executeAsync();
      assertThat(read.next()).isEqualTo("shard 1 1001 c on time");
      assertThat(expiredShards(job.getJobID())).isEqualTo(1);
      job.cancel().get();
    }
  }

  /** It was read to its end: nothing is lost. */
  @Test
  void aRestoredShardThatWasReadToItsEndIsNotCounted(@TempDir Path savepoints) throws Exception {
    put(SHARD_0, "a", T);
    FakeKinesis.closeShard(stream, SHARD_0);
    put(SHARD_1, "b", T);
    String savepoint = savepointAfter(2, savepoints);
    FakeKinesis.expireShard(stream, SHARD_0);
    put(SHARD_1, "c", T);

    StreamExecutionEnvironment environment = ClickJobs.restored(1, savepoint);
    DataStream<String> lines = lines(environment);
    try (CloseableIterator<String> read = lines.collectAsync()) {
      JobClient job = environment.executeAsync();
      assertThat(read.next()).isEqualTo("shard 1 1001 c on time");
      assertThat(expiredShards(job.getJobID())).isZero();
      job.cancel().get();
    }
  }

  @Test
  void aStreamThatIsDeletedWhileItIsReadEndsTheJob() throws Exception {
    put(SHARD_0, "a", T);
    StreamExecutionEnvironment environment = environment(1);
    DataStream<String> lines = lines(environment);
    try (CloseableIterator<String> read = lines.collectAsync()) {
      JobClient job = environment.executeAsync();
      read.next();
      FakeKinesis.deleteStream(stream);

      assertThatThrownBy(() -> job.getJobExecutionResult().get())
          .satisfies(
              error -> {
                assertThat(ExceptionUtils.findThrowable(error, SuppressRestartsException.class))
                    .isPresent();
                assertThat(ExceptionUtils.stringifyException(error))
                    .contains("Kinesis stream '" + stream + "' does not exist");
              });
    }
  }

  /**
   * The shard may contain records. Skipping it would lose them, and stopping the job would not
   * help.
   */
  @Test
  void anOpenShardThatIsNotFoundFailsTheJobAndARestartMayHelp() {
    put(SHARD_0, "a", T);
    FakeKinesis.expireListedShard(stream, SHARD_0);

    assertThatThrownBy(() -> lines(environment(1)).executeAndCollect(1))
        .satisfies(
            error -> {
              assertThat(ExceptionUtils.findThrowable(error, SuppressRestartsException.class))
                  .isEmpty();
              assertThat(ExceptionUtils.stringifyException(error))
                  .contains("Shard " + SHARD_0 + " of the Kinesis stream '" + stream + "' is open");
            });
  }

  private String savepointAfter(int records, Path folder) throws Exception {
    StreamExecutionEnvironment environment = environment(2);
    DataStream<String> lines = lines(environment, "lines-before");
    try (CloseableIterator<String> read = lines.collectAsync()) {
      JobClient job = environment.executeAsync();
      for (int i = 0; i < records; i++) {
        read.next();
      }
      return job.stopWithSavepoint(false, folder.toUri().toString(), SavepointFormatType.CANONICAL)
          .get();
    }
  }

  private DataStream<String> lines(StreamExecutionEnvironment environment) {
    return lines(environment, "lines");
  }

  /** With another uid, the output before the restart is not restored. */
  private DataStream<String> lines(StreamExecutionEnvironment environment, String uid) {
    return ClickJobs.source(environment, stream)
        .map(ClickJobs::describe)
        .returns(Types.STRING)
        .uid(uid);
  }

  private void put(String shard, String clickId, long eventTime) {
    ClickJobs.put(stream, shard, clickId, eventTime);
  }

  /** The sum over all subtasks, in the metric group that the managed service publishes. */
  private static long expiredShards(JobID job) {
    Map<String, Metric> counters = METRICS.findMetrics(job, ".*kinesisanalytics\\.expiredShards");
    assertThat(counters).isNotEmpty();
    return counters.values().stream().mapToLong(metric -> ((Counter) metric).getCount()).sum();
  }
}
