package adanalytics.result;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adanalytics.result.ResultStreamServer.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.jobgraph.SavepointConfigOptions;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.source.SourceFunction;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.ExceptionUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The sink in a job, with its real client, against a server that refuses. */
@Timeout(120)
class ResultSinkTest {
  /** Ids of every plane of Unicode that has characters, of private use, control characters too. */
  private static final List<String> IDS =
      List.of(
          "ascii",
          "été",
          "用户",
          "\uFFFD",
          "\uFFFF",
          "😀".repeat(128),
          new String(Character.toChars(0x20000)),
          new String(Character.toChars(0x30000)),
          new String(Character.toChars(0xE0001)),
          new String(Character.toChars(0xF0000)),
          new String(Character.toChars(0x10FFFF)),
          "\u0000",
          "\u0001\"\\");

  private static final InMemoryReporter METRICS = InMemoryReporter.createWithRetainedMetrics();

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          () ->
              new MiniClusterResourceConfiguration.Builder()
                  .setConfiguration(METRICS.addToConfiguration(new Configuration()))
                  .setNumberTaskManagers(1)
                  .setNumberSlotsPerTaskManager(1)
                  .build());

  @ParameterizedTest
  @EnumSource(names = {"TAKE_THE_FIRST", "TAKE_NONE", "FORBID", "BREAK"})
  void sendsAgainWhatWasNotDelivered(Answer first) throws Exception {
    try (ResultStreamServer stream =
        new ResultStreamServer(request -> request < 5 ? first : Answer.TAKE_ALL)) {
      StreamExecutionEnvironment environment = environment(new Configuration());
      environment
          .fromCollection(results(0), ResultRecord.type())
          .sinkTo(sink(stream, Duration.ofMinutes(5)));
      JobID job = environment.execute().getJobID();

      assertThat(stream.taken()).isEqualTo(expected(results(0)));
      assertThat(counter(job, "retriedResults")).isPositive();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"TAKE_NONE", "FORBID"})
  void theJobFailsWhenNothingIsDeliveredForALongTime(Answer always) throws Exception {
    try (ResultStreamServer stream = new ResultStreamServer(request -> always)) {
      StreamExecutionEnvironment environment = environment(new Configuration());
      environment
          .fromCollection(results(0), ResultRecord.type())
          .sinkTo(sink(stream, Duration.ofSeconds(1)));

      assertThatThrownBy(environment::execute)
          .satisfies(
              error ->
                  assertThat(ExceptionUtils.stringifyException(error))
                      .contains("Kinesis stream 'results' did not accept any result for 1 s")
                      .contains("as the test asks"));
    }
  }

  @Test
  void aStreamThatDoesNotExistEndsTheJobAndIsNamed() throws Exception {
    try (ResultStreamServer stream = new ResultStreamServer(request -> Answer.NO_SUCH_STREAM)) {
      StreamExecutionEnvironment environment = environment(new Configuration());
      environment
          .fromCollection(results(0), ResultRecord.type())
          .sinkTo(sink(stream, Duration.ofMinutes(5)));

      assertThatThrownBy(environment::execute)
          .satisfies(
              error ->
                  assertThat(ExceptionUtils.stringifyException(error))
                      .contains("Kinesis stream 'results' does not exist: create it"));
    }
  }

  /**
   * No result was delivered before the savepoint: all results are only in the savepoint. They may
   * need many requests.
   */
  @ParameterizedTest
  @ValueSource(ints = {0, 6_000})
  void whatIsBufferedAtACheckpointIsDeliveredAfterARestore(int more, @TempDir Path savepoints)
      throws Exception {
    List<ResultRecord> results = results(more);
    try (ResultStreamServer stream = new ResultStreamServer(request -> Answer.TAKE_NONE)) {
      JobClient stopped = start(stream, results, new Configuration());
      for (int i = 0; i < 3; i++) {
        stream.awaitRefusal();
      }
      String savepoint =
          stopped
              .triggerSavepoint(savepoints.toUri().toString(), SavepointFormatType.CANONICAL)
              .get();
      stopped.cancel().get();
      assertThat(stream.taken()).isEmpty();

      Configuration restore = new Configuration();
      restore.set(SavepointConfigOptions.SAVEPOINT_PATH, savepoint);
      stream.answer(request -> Answer.TAKE_ALL);
      JobClient restored = start(stream, results, restore);
      while (stream.taken().size() < results.size()
          && !restored.getJobStatus().get().isGloballyTerminalState()) {
        Thread.sleep(10);
      }
      assertThat(restored.getJobStatus().get()).isEqualTo(JobStatus.RUNNING);
      restored.cancel().get();

      assertThat(stream.taken()).isEqualTo(expected(results));
    }
  }

  /** Such a result would fail the job repeatedly. */
  @Test
  void dropsAResultThatIsTooLargeAndContinues() throws Exception {
    // The key has 32 bytes.
    int largest = ResultSink.MAX_RECORD_BYTES - 32;
    SerializationSchema<RowData> json = row -> "x".repeat(row.getInt(2)).getBytes(UTF_8);
    try (ResultStreamServer stream = new ResultStreamServer(request -> Answer.TAKE_ALL)) {
      StreamExecutionEnvironment environment = environment(new Configuration());
      environment.getConfig().enableObjectReuse();
      environment
          .fromData(1, largest + 1, largest, largest + 1, 2)
          .map(size -> (RowData) GenericRowData.of(null, StringData.fromString("id " + size), size))
          .returns(RowData.class)
          .flatMap(new ResultEncoder(json, null))
          .returns(ResultRecord.type())
          .sinkTo(sink(stream, Duration.ofMinutes(5)));
      JobID job = environment.execute().getJobID();

      assertThat(stream.taken().values())
          .extracting(String::length)
          .containsExactlyInAnyOrder(1, largest, 2);
      assertThat(counter(job, "undeliverableResults")).isEqualTo(2);
    }
  }

  private static JobClient start(
      ResultStreamServer stream, List<ResultRecord> results, Configuration configuration)
      throws Exception {
    StreamExecutionEnvironment environment = environment(configuration);
    environment
        .addSource(new Once(results), ResultRecord.type())
        .uid("once")
        .sinkTo(sink(stream, Duration.ofMinutes(5)))
        .uid("results");
    return environment.executeAsync();
  }

  private static StreamExecutionEnvironment environment(Configuration configuration) {
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration);
    environment.setParallelism(1);
    return environment;
  }

  private static ResultSink sink(ResultStreamServer stream, Duration maxOutage) {
    return new ResultSink("results", stream.client(), Duration.ofMillis(10), maxOutage);
  }

  /** One with each of the ids, and more. */
  private static List<ResultRecord> results(int more) {
    PartitionKey keys = new PartitionKey();
    return Stream.concat(IDS.stream(), IntStream.range(0, more).mapToObj(i -> "more " + i))
        .map(id -> id.getBytes(UTF_8))
        .map(id -> new ResultRecord(keys.of(id), id))
        .collect(Collectors.toList());
  }

  private static Map<String, String> expected(List<ResultRecord> results) {
    return results.stream()
        .collect(
            Collectors.toMap(
                ResultRecord::partitionKey, result -> new String(result.json(), UTF_8)));
  }

  private static long counter(JobID job, String name) {
    return METRICS.getMetricsByGroup().entrySet().stream()
        .filter(group -> job.toString().equals(group.getKey().getAllVariables().get("<job_id>")))
        .map(group -> group.getValue().get(name))
        .filter(Objects::nonNull)
        .mapToLong(metric -> ((Counter) metric).getCount())
        .sum();
  }

  /** Emits its results once and is then idle; after a restore it emits none. */
  private static final class Once implements SourceFunction<ResultRecord>, CheckpointedFunction {
    private static final long serialVersionUID = 1L;
    private final List<ResultRecord> results;
    private transient ListState<Boolean> given;
    private transient boolean done;
    private volatile boolean running = true;

    Once(List<ResultRecord> results) {
      this.results = results;
    }

    @Override
    public void run(SourceContext<ResultRecord> context) throws InterruptedException {
      synchronized (context.getCheckpointLock()) {
        if (!done) {
          results.forEach(context::collect);
          done = true;
        }
      }
      while (running) {
        Thread.sleep(10);
      }
    }

    @Override
    public void cancel() {
      running = false;
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
      given.update(List.of(done));
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
      given =
          context
              .getOperatorStateStore()
              .getListState(new ListStateDescriptor<>("given", Types.BOOLEAN));
      for (boolean value : given.get()) {
        done = value;
      }
    }
  }
}
