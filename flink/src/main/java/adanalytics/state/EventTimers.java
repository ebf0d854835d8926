package adanalytics.state;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataInputViewStreamWrapper;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.KeyGroupStatePartitionStreamProvider;
import org.apache.flink.runtime.state.KeyedStateCheckpointOutputStream;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.KeyContext;
import org.apache.flink.streaming.api.operators.TimerHeapInternalTimer;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.util.function.BiConsumerWithException;

/**
 * The event-time timers of an operator, on the heap. With RocksDB, Flink stores timers in two
 * column families for each operator, which every checkpoint flushes. Flink can also keep timers on
 * the heap, but that is a cluster setting that Managed Service for Apache Flink does not allow an
 * application to change.
 *
 * <p>Designed for few timers: many keys must share one, see {@link #groups}. Timers behave like
 * Flink's: a repeated key and time count once, and timers fire in the order of time.
 *
 * <p>State: all timers, and the time and the number of lists of each timer group, by key group, in
 * each snapshot (raw keyed state, which Flink restores by key group at any parallelism). The keys
 * of the timer groups are in the keyed state.
 */
public final class EventTimers implements InternalTimerService<VoidNamespace> {
  /** Name of the timers that Flink keeps for a process function. */
  public static final String NAME = "user-timers";

  /** Format 1 was in no release. */
  private static final int FORMAT = 2;

  private static final String ONLY_EVENT_TIME = "This operator supports only event-time timers";
  private static final String NOT_LISTED = "This operator does not support listing its timers";

  private final KeyContext keys;
  private final Triggerable<String, VoidNamespace> target;
  private final TimerGroups.Target groupTarget;
  private final TimerGroups groups;
  private final int keyGroups;
  private final BooleanSupplier isCanceled;
  private final TreeMap<Long, Set<String>> keysByTime = new TreeMap<>();
  private long watermark = Long.MIN_VALUE;
  private boolean snapshotHasFlinkTimers;
  private int size;

  private EventTimers(
      KeyContext keys,
      Triggerable<String, VoidNamespace> target,
      TimerGroups.Target groupTarget,
      TimerGroups groups,
      int keyGroups,
      BooleanSupplier isCanceled) {
    this.keys = keys;
    this.target = target;
    this.groupTarget = groupTarget;
    this.groups = groups;
    this.keyGroups = keyGroups;
    this.isCanceled = isCanceled;
  }

  /**
   * The timers of an operator, with those of its snapshot.
   *
   * @param operator which overrides {@code isUsingCustomRawKeyedState}
   * @param target is called with each timer that is due
   * @param groupTarget is called with each key of a timer group that is due
   * @param context of the operator's {@code initializeState}
   * @throws IOException when another release wrote the snapshot in another format
   */
  public static EventTimers of(
      AbstractStreamOperator<?> operator,
      Triggerable<String, VoidNamespace> target,
      TimerGroups.Target groupTarget,
      StateInitializationContext context)
      throws IOException {
    int keyGroups = operator.getRuntimeContext().getTaskInfo().getMaxNumberOfParallelSubtasks();
    TimerGroups groups =
        new TimerGroups(
            context.getKeyedStateStore().getMapState(TimerGroups.DESCRIPTOR), operator, keyGroups);
    EventTimers timers =
        new EventTimers(
            operator,
            target,
            groupTarget,
            groups,
            keyGroups,
            operator.getContainingTask()::isCanceled);
    timers.snapshotHasFlinkTimers = context.isRestored() && !timers.read(context);
    return timers;
  }

  /**
   * Whether the snapshot comes from a release without this class, so that Flink restored its
   * timers.
   */
  public boolean snapshotHasFlinkTimers() {
    return snapshotHasFlinkTimers;
  }

  /** The timers that many keys share. */
  public TimerGroups groups() {
    return groups;
  }

  /** Number of timers; all timer groups of one time count as one. */
  public int size() {
    return size + groups.size();
  }

  /**
   * Fires all timers up to a watermark, with the key of each as the current one.
   *
   * @param time the watermark, in milliseconds since the epoch
   */
  public void advance(long time) throws Exception {
    watermark = time;
    while (!isCanceled.getAsBoolean()) {
      boolean isKeyFirst =
          size > 0 && (groups.isEmpty() || keysByTime.firstKey() <= groups.firstTime());
      if (isKeyFirst && keysByTime.firstKey() <= time) {
        fireFirst();
      } else if (!isKeyFirst && !groups.isEmpty() && groups.firstTime() <= time) {
        groups.fireFirst(groupTarget);
      } else {
        return;
      }
    }
  }

  private void fireFirst() throws Exception {
    long due = keysByTime.firstKey();
    String key = keysByTime.get(due).iterator().next();
    remove(key, due);
    keys.setCurrentKey(key);
    target.onEventTime(new TimerHeapInternalTimer<>(due, key, VoidNamespace.INSTANCE));
  }

  @Override
  public long currentWatermark() {
    return watermark;
  }

  @Override
  public void registerEventTimeTimer(VoidNamespace namespace, long time) {
    add((String) keys.getCurrentKey(), time);
  }

  @Override
  public void deleteEventTimeTimer(VoidNamespace namespace, long time) {
    remove((String) keys.getCurrentKey(), time);
  }

  private void add(String key, long time) {
    if (keysByTime.computeIfAbsent(time, ofTime -> new LinkedHashSet<>(2)).add(key)) {
      size++;
    }
  }

  private void remove(String key, long time) {
    Set<String> ofTime = keysByTime.get(time);
    if (ofTime == null || !ofTime.remove(key)) {
      return;
    }
    size--;
    if (ofTime.isEmpty()) {
      keysByTime.remove(time);
    }
  }

  /**
   * Moves the timers that Flink restored, see {@link #snapshotHasFlinkTimers}.
   *
   * @param restored Flink's timers; empty afterwards
   */
  public void takeOver(InternalTimerService<VoidNamespace> restored) throws Exception {
    List<Tuple2<String, Long>> timers = new ArrayList<>();
    restored.forEachEventTimeTimer(
        (namespace, time) -> timers.add(Tuple2.of((String) keys.getCurrentKey(), time)));
    for (Tuple2<String, Long> timer : timers) {
      keys.setCurrentKey(timer.f0);
      restored.deleteEventTimeTimer(VoidNamespace.INSTANCE, timer.f1);
      add(timer.f0, timer.f1);
    }
  }

  /**
   * Writes all timers to a snapshot. Changes the current key.
   *
   * @param context of the operator's {@code snapshotState}
   */
  public void write(StateSnapshotContext context) throws Exception {
    groups.writeBack();
    KeyGroupTimers[] byKeyGroup = new KeyGroupTimers[keyGroups];
    Arrays.setAll(byKeyGroup, keyGroup -> new KeyGroupTimers());
    for (Map.Entry<Long, Set<String>> ofTime : keysByTime.entrySet()) {
      for (String key : ofTime.getValue()) {
        byKeyGroup[keyGroup(key)].add(key, ofTime.getKey());
      }
    }
    groups.forEach((keyGroup, time, lists) -> byKeyGroup[keyGroup].addGroup(time, lists));
    KeyedStateCheckpointOutputStream out = context.getRawKeyedOperatorStateOutput();
    for (int keyGroup : out.getKeyGroupList()) {
      // A key group without timers is written as well: it distinguishes the snapshot from one of an
      // older release.
      out.startNewKeyGroup(keyGroup);
      byKeyGroup[keyGroup].write(out);
    }
  }

  /** The timers of a key group as bytes of a snapshot. */
  private static final class KeyGroupTimers {
    private final DataOutputSerializer timers = new DataOutputSerializer(64);
    private final DataOutputSerializer groups = new DataOutputSerializer(64);
    private int numberOfTimers;
    private int numberOfGroups;

    void add(String key, long time) throws IOException {
      StringSerializer.INSTANCE.serialize(key, timers);
      timers.writeLong(time);
      numberOfTimers++;
    }

    void addGroup(long time, int lists) throws IOException {
      groups.writeLong(time);
      groups.writeInt(lists);
      numberOfGroups++;
    }

    void write(OutputStream out) throws IOException {
      DataOutputSerializer header = new DataOutputSerializer(3 * Integer.BYTES);
      header.writeInt(FORMAT);
      header.writeInt(numberOfTimers);
      header.writeInt(numberOfGroups);
      for (DataOutputSerializer part : List.of(header, timers, groups)) {
        out.write(part.getSharedBuffer(), 0, part.length());
      }
    }
  }

  /** Returns false when the snapshot is of a release without this class. */
  boolean read(StateInitializationContext context) throws IOException {
    boolean found = false;
    for (KeyGroupStatePartitionStreamProvider keyGroup : context.getRawKeyedStateInputs()) {
      read(
          keyGroup.getKeyGroupId(),
          new DataInputViewStreamWrapper(new BufferedInputStream(keyGroup.getStream())));
      found = true;
    }
    return found;
  }

  private void read(int keyGroup, DataInputView in) throws IOException {
    int format = in.readInt();
    if (format != FORMAT) {
      throw new IOException(
          "The snapshot has timers in format " + format + "; this release reads format " + FORMAT);
    }
    int numberOfTimers = in.readInt();
    int numberOfGroups = in.readInt();
    for (int i = 0; i < numberOfTimers; i++) {
      String key = StringSerializer.INSTANCE.deserialize(in);
      add(key, in.readLong());
    }
    for (int i = 0; i < numberOfGroups; i++) {
      long time = in.readLong();
      groups.restore(keyGroup, time, in.readInt());
    }
  }

  private int keyGroup(String key) {
    return KeyGroupRangeAssignment.assignToKeyGroup(key, keyGroups);
  }

  @Override
  public void forEachEventTimeTimer(
      BiConsumerWithException<VoidNamespace, Long, Exception> consumer) {
    throw new UnsupportedOperationException(NOT_LISTED);
  }

  @Override
  public void forEachProcessingTimeTimer(
      BiConsumerWithException<VoidNamespace, Long, Exception> consumer) {
    throw new UnsupportedOperationException(ONLY_EVENT_TIME);
  }

  @Override
  public long currentProcessingTime() {
    throw new UnsupportedOperationException(ONLY_EVENT_TIME);
  }

  @Override
  public void registerProcessingTimeTimer(VoidNamespace namespace, long time) {
    throw new UnsupportedOperationException(ONLY_EVENT_TIME);
  }

  @Override
  public void deleteProcessingTimeTimer(VoidNamespace namespace, long time) {
    throw new UnsupportedOperationException(ONLY_EVENT_TIME);
  }
}
