package adanalytics.source;

import static adanalytics.source.ClickJobs.SHARD_0;
import static adanalytics.source.ClickJobs.SHARD_1;
import static adanalytics.source.ClickJobs.T;
import static adanalytics.source.ClickJobs.click;
import static adanalytics.source.ClickJobs.environment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adanalytics.event.Click;
import adanalytics.event.InputRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.SinkFunction;
import org.apache.flink.streaming.api.windowing.assigners.TumblingEventTimeWindows;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.ExceptionUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The source in a job, with the connector's own fetcher, against Kinesis in memory. */
@Timeout(120)
class AdEventSourceTest {
  private static final BlockingQueue<Long> CLOSED_WINDOWS = new LinkedBlockingQueue<>();

  @RegisterExtension static final MiniClusterExtension CLUSTER = ClickJobs.cluster();

  private String stream;

  @BeforeEach
  void createStream(TestInfo test) {
    stream = test.getTestMethod().orElseThrow().getName();
    FakeKinesis.createStream(stream, 2);
    FailAfterACheckpoint.reset();
  }

  @Test
  void aBacklogInShardsOfDifferentTimesMakesNothingLate() throws Exception {
    for (int i = 0; i < 100; i++) {
      put(SHARD_0, "a" + i, T + i * 1_000);
      put(SHARD_1, "b" + i, T + 3_600_000 + i * 1_000);
    }

    List<String> read = read(200);

    assertThat(read)
        .hasSize(200)
        .allMatch(line -> line.endsWith(" on time"))
        .doesNotHaveDuplicates();
  }

  @Test
  void latenessDependsOnlyOnTheOrderOfTheShard() throws Exception {
    put(SHARD_0, "first", T + 60_000);
    put(SHARD_0, "at the bound", T + 55_000);
    put(SHARD_0, "late", T + 54_999);
    put(SHARD_1, "other shard", T);

    assertThat(read(4))
        .containsExactlyInAnyOrder(
            "shard 0 1000 first on time",
            "shard 0 1001 at the bound on time",
            "shard 0 1002 late late by 5001",
            "shard 1 1000 other shard on time");
  }

  @Test
  void aRejectedRecordMakesNoOtherLate() throws Exception {
    put(SHARD_0, "before", T);
    FakeKinesis.put(stream, SHARD_0, click("wrong clock", T + 3_600_000), T);
    FakeKinesis.put(stream, SHARD_0, "no JSON", T);
    put(SHARD_0, "after", T + 1);

    assertThat(read(4))
        .containsExactlyInAnyOrder(
            "shard 0 1000 before on time",
            "shard 0 1001 rejected event_time",
            "shard 0 1002 rejected not valid JSON",
            "shard 0 1003 after on time");
  }

  /** Ten producers, one of them 45 s ahead: all records arrive at the same time, none is late. */
  @Test
  void aProducerWhoseClockRunsAheadMakesNoOtherLate() throws Exception {
    for (int i = 0; i < 40; i++) {
      long now = T + i * 1_000;
      FakeKinesis.put(stream, SHARD_0, click("c" + i, i % 10 == 0 ? now + 45_000 : now), now);
    }

    assertThat(read(40)).allMatch(line -> line.endsWith(" on time"));
  }

  /** The last windows close although no further records arrive, first in one shard, then in all. */
  @Test
  void windowsCloseWhenTheStreamBecomesIdle() throws Exception {
    put(SHARD_0, "a", T);
    put(SHARD_0, "b", T + 999);
    put(SHARD_0, "c", T + 1_000);

    DataStream<Integer> windows =
        source(environment(2))
            .map(record -> 1)
            .returns(Types.INT)
            .windowAll(TumblingEventTimeWindows.of(Duration.ofSeconds(1)))
            .sum(0);

    assertThat(windows.executeAndCollect(2)).containsExactly(2, 1);
  }

  /** The end of the job closes the windows that the idle period has not closed. */
  @Test
  void aDrainClosesAllWindowsAlthoughTheStreamIsIdle(@TempDir Path savepoints) throws Exception {
    CLOSED_WINDOWS.clear();
    put(SHARD_0, "a", T);
    StreamExecutionEnvironment environment = environment(1);
    DataStream<InputRecord<Click>> source = source(environment);
    for (Duration size : List.of(Duration.ofSeconds(1), Duration.ofDays(1))) {
      source
          .map(record -> size.getSeconds())
          .returns(Types.LONG)
          .windowAll(TumblingEventTimeWindows.of(size))
          .max(0)
          .addSink(new RememberWindow());
    }

    JobClient job = environment.executeAsync();
    // Closed by the idle period: from now on the source is idle.
    assertThat(CLOSED_WINDOWS.take()).isEqualTo(1);
    job.stopWithSavepoint(true, savepoints.toUri().toString(), SavepointFormatType.CANONICAL).get();

    assertThat(CLOSED_WINDOWS).containsExactly(86_400L);
  }

  @Test
  void childrenOfAClosedShardAreReadAndNotLate() throws Exception {
    put(SHARD_0, "parent", T + 100_000);
    String child = FakeKinesis.replaceShard(stream, SHARD_0);
    put(child, "child", T + 100_001);

    assertThat(read(2))
        .containsExactlyInAnyOrder("shard 0 1000 parent on time", "shard 2 1000 child on time");
  }

  /**
   * The windows wait until the child shards are discovered, however far ahead the other shards are.
   */
  @Test
  void childrenOfAClosedShardFindTheWindowsOpen() throws Exception {
    put(SHARD_0, "parent", T);
    put(FakeKinesis.replaceShardLate(stream, SHARD_0), "child", T + 1);
    put(SHARD_1, "far ahead", T + 3_600_000);

    DataStream<Integer> windows =
        ClickJobs.source(environment(2), stream, Duration.ofSeconds(5))
            .map(record -> 1)
            .returns(Types.INT)
            .windowAll(TumblingEventTimeWindows.of(Duration.ofSeconds(1)))
            .sum(0);

    assertThat(windows.executeAndCollect(1)).containsExactly(2);
  }

  /** Every record is read, and a record that is read twice has the same lateness. */
  @Test
  void latenessIsTheSameAfterARestart() throws Exception {
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      boolean late = i % 10 == 9;
      put(SHARD_0, "c" + i, late ? T + i * 1_000 - 10_000 : T + i * 1_000);
      // The one before is the greatest.
      expected.add("shard 0 " + (1_000 + i) + " c" + i + (late ? " late by 9000" : " on time"));
    }
    StreamExecutionEnvironment environment = environment(1);
    environment.enableCheckpointing(50);

    DataStream<String> lines =
        source(environment).map(new FailAfterACheckpoint()).returns(Types.STRING);

    assertThat(lines.executeAndCollect(300)).containsExactlyElementsOf(expected);
    assertThat(FailAfterACheckpoint.hasFailed()).isTrue();
  }

  /** A restart does not open windows that an idle period has closed. */
  @Test
  void anEventWhoseWindowsAnIdlePeriodClosedIsAlsoLateAfterARestart(@TempDir Path savepoints)
      throws Exception {
    CLOSED_WINDOWS.clear();
    put(SHARD_0, "before the quiet", T);
    StreamExecutionEnvironment environment = environment(1);
    windowsOfASecond(source(environment));
    JobClient job = environment.executeAsync();
    CLOSED_WINDOWS.take();
    String savepoint =
        job.stopWithSavepoint(false, savepoints.toUri().toString(), SavepointFormatType.CANONICAL)
            .get();
    put(SHARD_0, "of the closed window", T + 500);
    put(SHARD_0, "of the present", T + 3_600_000);

    List<String> lines =
        source(ClickJobs.restored(1, savepoint))
            .map(ClickJobs::describe)
            .returns(Types.STRING)
            .executeAndCollect(2);

    assertThat(lines.get(0)).startsWith("shard 0 1001 of the closed window late by ");
    assertThat(lines.get(1)).isEqualTo("shard 0 1002 of the present on time");
  }

  private static void windowsOfASecond(DataStream<InputRecord<Click>> source) {
    source
        .map(record -> 1L)
        .returns(Types.LONG)
        .windowAll(TumblingEventTimeWindows.of(Duration.ofSeconds(1)))
        .max(0)
        .addSink(new RememberWindow());
  }

  @Test
  void aShardReadToItsEndDoesNotHoldTheWatermarkAfterARestart() throws Exception {
    put(SHARD_0, "parent", T);
    FakeKinesis.closeShard(stream, SHARD_0);
    for (int i = 0; i < 300; i++) {
      put(SHARD_1, "c" + i, T + i * 1_000);
    }
    StreamExecutionEnvironment environment = environment(1);
    environment.enableCheckpointing(50);

    DataStream<Integer> windows =
        source(environment)
            .map(new FailAfterACheckpoint())
            .returns(Types.STRING)
            .map(line -> 1)
            .returns(Types.INT)
            .windowAll(TumblingEventTimeWindows.of(Duration.ofSeconds(100)))
            .sum(0);

    assertThat(windows.executeAndCollect(3)).containsExactly(101, 100, 100);
    assertThat(FailAfterACheckpoint.hasFailed()).isTrue();
  }

  @Test
  void aStreamThatDoesNotExistEndsTheJobAndIsNamed() {
    stream = "nowhere";
    Configuration restarts = new Configuration();
    restarts.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    restarts.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, Integer.MAX_VALUE);
    StreamExecutionEnvironment environment = environment(1);
    environment.configure(restarts);

    assertThatThrownBy(() -> source(environment).executeAndCollect(1))
        .satisfies(
            error -> {
              assertThat(ExceptionUtils.findThrowable(error, SuppressRestartsException.class))
                  .isPresent();
              assertThat(ExceptionUtils.stringifyException(error))
                  .contains("Kinesis stream 'nowhere' does not exist: create it");
            });
  }

  private List<String> read(int records) throws Exception {
    return source(environment(2))
        .map(ClickJobs::describe)
        .returns(Types.STRING)
        .executeAndCollect(records);
  }

  private DataStream<InputRecord<Click>> source(StreamExecutionEnvironment environment) {
    return ClickJobs.source(environment, stream);
  }

  private void put(String shard, String clickId, long eventTime) {
    ClickJobs.put(stream, shard, clickId, eventTime);
  }

  private static final class RememberWindow implements SinkFunction<Long> {
    private static final long serialVersionUID = 1L;

    @Override
    public void invoke(Long seconds, Context context) {
      CLOSED_WINDOWS.add(seconds);
    }
  }
}
