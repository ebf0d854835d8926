package adanalytics.source;

import adanalytics.event.AdEvent;
import adanalytics.event.EventKind;
import adanalytics.event.InputRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.kinesis.shaded.com.amazonaws.services.kinesis.model.ResourceNotFoundException;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.connectors.kinesis.FlinkKinesisConsumer;
import org.apache.flink.streaming.connectors.kinesis.internals.KinesisDataFetcher;
import org.apache.flink.streaming.connectors.kinesis.proxy.KinesisProxy;
import org.apache.flink.streaming.connectors.kinesis.serialization.KinesisDeserializationSchema;
import org.apache.flink.streaming.connectors.kinesis.util.UniformShardAssigner;
import org.apache.flink.util.ExceptionUtils;

/**
 * Reads one input stream: the connector's consumer, with event time kept for each shard ({@link
 * ShardClocks}) and kept in the checkpoint, so that what is late is a fact of the shard's order and
 * the same after a restart.
 *
 * @param <E> impression or click
 */
public final class AdEventSource<E extends AdEvent> extends FlinkKinesisConsumer<InputRecord<E>> {
  private static final long serialVersionUID = 1L;

  private final SourceSettings settings;
  private final KinesisProxyFactory proxyFactory;
  private transient Map<String, Long> restoredMaxEventTimes;
  private transient ListState<Tuple2<String, Long>> maxEventTimeState;
  private transient ShardClocks clocks;

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
   * @throws SuppressRestartsException when the stream does not exist: no restart can help, and a
   *     job that restarts for ever looks merely slow
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
    clocks =
        new ShardClocks(
            settings.outOfOrdernessMillis,
            settings.idleTimeoutMillis,
            restoredMaxEventTimes,
            System::currentTimeMillis);
    return new ShardAwareFetcher<>(
        streams,
        sourceContext,
        runtimeContext,
        consumer,
        deserializer,
        getShardAssigner(),
        proxyFactory,
        clocks,
        settings.maxLeadMillis);
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    super.initializeState(context);
    // Union: a shard may be read by another subtask after a rescale.
    maxEventTimeState =
        context
            .getOperatorStateStore()
            .getUnionListState(
                new ListStateDescriptor<>(
                    "max-event-time-by-shard", Types.TUPLE(Types.STRING, Types.LONG)));
    restoredMaxEventTimes = new HashMap<>();
    for (Tuple2<String, Long> entry : maxEventTimeState.get()) {
      restoredMaxEventTimes.merge(entry.f0, entry.f1, Math::max);
    }
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    super.snapshotState(context);
    maxEventTimeState.clear();
    if (clocks == null) {
      // Not running yet: every subtask holds the union, and on restore the greatest entry of a
      // shard wins.
      for (Map.Entry<String, Long> entry : restoredMaxEventTimes.entrySet()) {
        maxEventTimeState.add(Tuple2.of(entry.getKey(), entry.getValue()));
      }
      return;
    }
    for (Map.Entry<String, Long> entry : clocks.snapshot().entrySet()) {
      maxEventTimeState.add(Tuple2.of(entry.getKey(), entry.getValue()));
    }
  }
}
