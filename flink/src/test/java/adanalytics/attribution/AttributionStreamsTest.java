package adanalytics.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import adanalytics.event.AdEvent;
import adanalytics.event.Click;
import adanalytics.event.EventKind;
import adanalytics.event.EventTypes;
import adanalytics.event.Impression;
import adanalytics.event.InputRecord;
import adanalytics.event.LateEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.streaming.api.functions.source.RichParallelSourceFunction;
import org.apache.flink.streaming.api.transformations.TwoInputTransformation;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The operators in a job, with real channels, RocksDB and several subtasks. */
class AttributionStreamsTest {
  private static final int SHARDS = 4;
  private static final int EVENTS = 2_000;

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setConfiguration(
                  new Configuration()
                      .set(StateBackendOptions.STATE_BACKEND, "rocksdb")
                      .set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(256)))
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(3)
              .build());

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void theOutcomeIsTheContractsAtEveryParallelism(int parallelism) throws Exception {
    StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
    environment.setParallelism(parallelism);
    // The job has the same setting.
    environment.getConfig().enableObjectReuse();
    // No class may fall back to Kryo: its state could not be read after a change of the class.
    environment.getConfig().disableGenericTypes();
    AttributionStreams streams = streams(environment);

    DataStream<String> lines =
        lines(streams.impressions, new ToLines<>(Outcome::accepted, true))
            .union(
                lines(streams.clicks, new ToLines<>(Outcome::accepted, true)),
                lines(streams.attributedClicks, new ToLines<>(Outcome::attributed, true)),
                lines(streams.unattributedClicks, new ToLines<>(Outcome::unattributed, true)),
                lines(streams.lateEvents, new ToLines<LateEvent>(Outcome::late, false)));
    Outcome outcome = new Outcome();
    lines.executeAndCollect().forEachRemaining(outcome.lines::add);

    assertThat(outcome.sorted())
        .isEqualTo(Outcome.expected(new Traffic(7, SHARDS, EVENTS)).sorted());
  }

  /** With idleness, windows could run ahead; see the test of the operator itself. */
  @Test
  void bothOperatorsAreStrictAboutEventTime() {
    AttributionStreams streams = streams(StreamExecutionEnvironment.getExecutionEnvironment());

    assertThat(List.of(streams.impressions, streams.clicks))
        .allSatisfy(
            stream ->
                assertThat(
                        ((TwoInputTransformation<?, ?, ?>) stream.getTransformation())
                            .getOperator())
                    .isInstanceOf(StrictEventTimeOperator.class));
  }

  private static AttributionStreams streams(StreamExecutionEnvironment environment) {
    return new AttributionStreams(
        environment.addSource(
            new ShardReader<Impression>(EventKind.IMPRESSION),
            "impressions",
            EventTypes.<Impression>inputRecord(EventKind.IMPRESSION)),
        environment.addSource(
            new ShardReader<Click>(EventKind.CLICK),
            "clicks",
            EventTypes.<Click>inputRecord(EventKind.CLICK)),
        Traffic.WINDOW,
        Traffic.OUT_OF_ORDERNESS,
        new ClickValidity(Traffic.TOO_FAST));
  }

  private static <T> DataStream<String> lines(DataStream<T> stream, ToLines<T> toLines) {
    // Sends records to another subtask, like the shuffle before the windows of SQL.
    return stream.rebalance().process(toLines).returns(Types.STRING);
  }

  private interface Writer<T> extends BiConsumer<Outcome, T>, java.io.Serializable {}

  /** Records the outcome, and fails on a record that a window at this point would drop. */
  private static final class ToLines<T> extends ProcessFunction<T, String> {
    private static final long serialVersionUID = 1L;

    private final Writer<T> writer;
    private final boolean mustBeOnTime;

    ToLines(Writer<T> writer, boolean mustBeOnTime) {
      this.writer = writer;
      this.mustBeOnTime = mustBeOnTime;
    }

    @Override
    public void processElement(T element, Context context, Collector<String> out) {
      Outcome outcome = new Outcome();
      writer.accept(outcome, element);
      boolean onTime = context.timestamp() > context.timerService().currentWatermark();
      String line = outcome.lines.get(0);
      out.collect(mustBeOnTime && !onTime ? "dropped by windows: " + line : line);
    }
  }

  /** Reads its shards at random speeds, with the watermark of the slowest one. */
  private static final class ShardReader<E extends AdEvent>
      extends RichParallelSourceFunction<InputRecord<E>> {
    private static final long serialVersionUID = 1L;

    private final EventKind kind;
    private volatile boolean running = true;

    ShardReader(EventKind kind) {
      this.kind = kind;
    }

    @Override
    @SuppressWarnings({"unchecked", "rawtypes"})
    public void run(SourceContext<InputRecord<E>> context) {
      Traffic traffic = new Traffic(7, SHARDS, EVENTS);
      List<List<InputRecord<E>>> shards =
          (List) (kind == EventKind.IMPRESSION ? traffic.impressionShards : traffic.clickShards);
      int subtask = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
      int subtasks = getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks();
      List<List<InputRecord<E>>> own = new ArrayList<>();
      for (int shard = subtask; shard < SHARDS; shard += subtasks) {
        own.add(new ArrayList<>(shards.get(shard)));
      }
      Random random = new Random(subtask);
      long[] greatest = new long[own.size()];
      while (running && own.stream().anyMatch(shard -> !shard.isEmpty())) {
        int shard = random.nextInt(own.size());
        if (own.get(shard).isEmpty()) {
          continue;
        }
        InputRecord<E> record = own.get(shard).remove(0);
        greatest[shard] = Math.max(greatest[shard], record.event.eventTime);
        context.collectWithTimestamp(record, record.event.eventTime);
        long slowest = Long.MAX_VALUE;
        for (int i = 0; i < greatest.length; i++) {
          slowest = own.get(i).isEmpty() ? slowest : Math.min(slowest, greatest[i]);
        }
        if (slowest != Long.MAX_VALUE && random.nextInt(5) == 0) {
          context.emitWatermark(new Watermark(slowest - Traffic.OUT_OF_ORDERNESS - 1));
        }
      }
    }

    @Override
    public void cancel() {
      running = false;
    }
  }
}
