package adanalytics.source;

import static org.apache.flink.streaming.connectors.kinesis.model.SentinelSequenceNumber.SENTINEL_SHARD_ENDING_SEQUENCE_NUM;

import adanalytics.event.AdEvent;
import adanalytics.event.EventKind;
import adanalytics.event.InputRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.kinesis.shaded.com.amazonaws.services.kinesis.model.ResourceNotFoundException;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.connectors.kinesis.FlinkKinesisConsumer;
import org.apache.flink.streaming.connectors.kinesis.internals.KinesisDataFetcher;
import org.apache.flink.streaming.connectors.kinesis.model.KinesisStreamShardState;
import org.apache.flink.streaming.connectors.kinesis.model.SequenceNumber;
import org.apache.flink.streaming.connectors.kinesis.model.StreamShardHandle;
import org.apache.flink.streaming.connectors.kinesis.model.StreamShardMetadata;
import org.apache.flink.streaming.connectors.kinesis.proxy.KinesisProxy;
import org.apache.flink.streaming.connectors.kinesis.serialization.KinesisDeserializationSchema;
import org.apache.flink.streaming.connectors.kinesis.util.KinesisStateUtil;
import org.apache.flink.streaming.connectors.kinesis.util.UniformShardAssigner;
import org.apache.flink.util.ExceptionUtils;

/**
 * Reads one input stream with the connector's consumer. Event time is tracked for each shard
 * ({@link ShardClocks}) and stored in every checkpoint. So lateness depends only on the order of
 * the shard, and is the same after a restart.
 *
 * @param <E> impression or click
 */
public final class AdEventSource<E extends AdEvent> extends FlinkKinesisConsumer<InputRecord<E>> {
  private static final long serialVersionUID = 1L;

  /** Name of the connector's state with the position in each shard. */
  private static final String CONNECTOR_STATE = "Kinesis-Stream-Shard-State";

  private final SourceSettings settings;
  private final KinesisProxyFactory proxyFactory;
  private transient ListState<Tuple3<String, Long, Long>> positionState;
  private transient ListState<Tuple3<String, Long, Long>> idleState;
  private transient ShardClocks clocks;
  private transient List<KinesisStreamShardState> unreadAtRestore;

  public AdEventSource(EventKind kind, SourceSettings settings) {
    this(kind, settings, KinesisProxy::create);
  }

  /** With another Kinesis, for tests. */
  AdEventSource(EventKind kind, SourceSettings settings, KinesisProxyFactory proxyFactory) {
    super(
        settings.stream,
        new AdEventDeserializer<E>(kind, settings.maxFutureMillis),
        settings.consumer);
    this.settings = settings;
    this.proxyFactory = proxyFactory;
    setShardAssigner(new UniformShardAssigner());
  }

  /**
   * @throws SuppressRestartsException when the stream does not exist: a restart cannot help, and a
   *     job that restarts endlessly looks like a slow one
   */
  @Override
  public void run(SourceContext<InputRecord<E>> context) throws Exception {
    try {
      super.run(context);
    } catch (Exception e) {
      if (ExceptionUtils.findThrowable(e, ResourceNotFoundException.class).isPresent()) {
        throw new SuppressRestartsException(
            new IllegalStateException(
                "Kinesis stream '"
                    + settings.stream
                    + "' does not exist: create it, or correct its stream.name or aws.region in the properties",
                e));
      }
      throw e;
    }
  }

  @Override
  protected KinesisDataFetcher<InputRecord<E>> createFetcher(
      List<String> streams,
      SourceContext<InputRecord<E>> sourceContext,
      RuntimeContext runtimeContext,
      Properties consumer,
      KinesisDeserializationSchema<InputRecord<E>> deserializer) {
    return new ShardAwareFetcher<>(
        streams,
        sourceContext,
        runtimeContext,
        consumer,
        deserializer,
        getShardAssigner(),
        proxyFactory,
        clocks,
        unreadAtRestore,
        settings.maxLeadMillis);
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    super.initializeState(context);
    unreadAtRestore = unreadShards(context);
    // Union: a shard may be read by another subtask after a rescale.
    positionState = unionState(context, "shard-clocks");
    // A separate state, because snapshots of earlier versions contain only the first one. Snapshots
    // contain its name.
    idleState = unionState(context, "shard-quiet");
    Map<String, ShardClock.Position> restored = new HashMap<>();
    for (Tuple3<String, Long, Long> entry : positionState.get()) {
      restored.merge(
          entry.f0, ShardClock.Position.of(entry.f1, entry.f2), ShardClock.Position::later);
    }
    for (Tuple3<String, Long, Long> entry : idleState.get()) {
      restored.computeIfPresent(
          entry.f0, (shard, position) -> position.withIdlePeriod(entry.f1, entry.f2));
    }
    clocks =
        new ShardClocks(
            settings.outOfOrdernessMillis,
            settings.idleTimeoutMillis,
            restored,
            System::currentTimeMillis);
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    super.snapshotState(context);
    positionState.clear();
    idleState.clear();
    for (Map.Entry<String, ShardClock.Position> entry : clocks.snapshot().entrySet()) {
      ShardClock.Position position = entry.getValue();
      positionState.add(Tuple3.of(entry.getKey(), position.time, position.idleSince));
      idleState.add(Tuple3.of(entry.getKey(), position.watermarkWhenIdle, position.closedUpTo));
    }
  }

  /**
   * A copy of the connector's state, because the connector silently drops a shard that is no longer
   * listed.
   */
  private List<KinesisStreamShardState> unreadShards(FunctionInitializationContext context)
      throws Exception {
    RuntimeContext runtime = getRuntimeContext();
    int subtasks = runtime.getTaskInfo().getNumberOfParallelSubtasks();
    List<KinesisStreamShardState> unread = new ArrayList<>();
    for (Tuple2<StreamShardMetadata, SequenceNumber> entry :
        context
            .getOperatorStateStore()
            .getUnionListState(
                new ListStateDescriptor<>(
                    CONNECTOR_STATE,
                    KinesisStateUtil.createShardsStateSerializer(runtime.getExecutionConfig())))
            .get()) {
      StreamShardHandle shard = KinesisDataFetcher.convertToStreamShardHandle(entry.f0);
      boolean own =
          KinesisDataFetcher.isThisSubtaskShouldSubscribeTo(
              getShardAssigner().assign(shard, subtasks),
              subtasks,
              runtime.getTaskInfo().getIndexOfThisSubtask());
      if (own && !entry.f1.equals(SENTINEL_SHARD_ENDING_SEQUENCE_NUM.get())) {
        unread.add(new KinesisStreamShardState(entry.f0, shard, entry.f1));
      }
    }
    return unread;
  }

  private static ListState<Tuple3<String, Long, Long>> unionState(
      FunctionInitializationContext context, String name) throws Exception {
    return context
        .getOperatorStateStore()
        .getUnionListState(
            new ListStateDescriptor<>(name, Types.TUPLE(Types.STRING, Types.LONG, Types.LONG)));
  }
}
