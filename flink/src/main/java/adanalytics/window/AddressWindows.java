package adanalytics.window;

import adanalytics.codec.VarInts;
import adanalytics.state.CacheSize;
import adanalytics.state.CachingFunction;
import adanalytics.state.WriteBackCache;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Counts the events of each ip address in sliding windows, see {@link ActorCounter}. Keyed by
 * address. The main output emits the short windows, {@link #LONG} the long ones; each window is
 * emitted once, when the watermark passes its end.
 *
 * <p>State: for each address, one value and a timer that removes it after its last window. If many
 * users share an address, there is also one entry for each of them, for at most two long windows
 * after it was last seen.
 */
final class AddressWindows extends CachingFunction<AddressEvent, ActorWindow>
    implements ActorWindowsFunction {
  static final OutputTag<ActorWindow> LONG =
      new OutputTag<>("long-address-windows", ActorWindow.type());

  static final MapStateDescriptor<String, long[]> USERS_OF_ADDRESS =
      new MapStateDescriptor<>(
          "users", Types.STRING, PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO);

  private static final CacheSize CACHE_SIZE = CacheSize.heapDividedBy(24);

  private static final long serialVersionUID = 1L;

  private final ActorCounter counter;
  private transient WriteBackCache addresses;
  private transient MapState<String, long[]> usersOfAddress;
  private transient DataOutputSerializer buffer;

  /**
   * @param settings which windows
   */
  AddressWindows(WindowSettings settings) {
    this(settings, CACHE_SIZE);
  }

  /** With a cache of another size. */
  AddressWindows(WindowSettings settings, CacheSize cacheSize) {
    super(cacheSize);
    counter = new ActorCounter(settings);
  }

  @Override
  public void open(OpenContext context) {
    addresses = cached(getRuntimeContext().getState(state()), 2 * counter.longWindows.windowMillis);
    usersOfAddress = getRuntimeContext().getMapState(USERS_OF_ADDRESS);
    buffer = new DataOutputSerializer(256);
  }

  @Override
  public ValueStateDescriptor<byte[]> state() {
    return new ValueStateDescriptor<>(
        "address", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);
  }

  @Override
  public String thresholds() {
    return counter.thresholds();
  }

  @Override
  public void addTimers(String address, long ended) throws Exception {
    ActorState state = new ActorState(counter, usersOfAddress);
    long expiry = read(state, addresses.get(address));
    if (counter.addTimers(ended, state, timers(address, state, expiry, ended))) {
      addresses.put(address, encoded(state, expiry));
    }
  }

  private ActorTimers timers(String address, ActorState state, long expiry, long watermark) {
    return new ActorTimers(
        address, time -> time == expiry || counter.hasTimer(time, state), timerGroups(), watermark);
  }

  @Override
  public void processElement(AddressEvent event, Context context, Collector<ActorWindow> out)
      throws Exception {
    ActorState state = new ActorState(counter, usersOfAddress);
    long expiry = read(state, addresses.get(event.ip, keysWithValue()));
    ActorTimers timers = timers(event.ip, state, expiry, context.timerService().currentWatermark());
    state.forgetUpTo(timers.watermark());
    counter.count(event.what, event.time, event.userId, state, timers);
    if (expiry == ActorState.NONE) {
      expiry = state.lastMoment();
      expireAt(expiry, event.ip, timers);
    }
    addresses.put(event.ip, encoded(state, expiry));
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<ActorWindow> out)
      throws Exception {
    String address = context.getCurrentKey();
    DataInputView value = addresses.get(address);
    if (value == null) {
      return;
    }
    ActorState state = new ActorState(counter, usersOfAddress);
    long expiry = read(state, value);
    ActorWindow shortWindow = counter.shortWindow(timestamp, state);
    if (shortWindow != null) {
      out.collect(shortWindow.of("ip", address));
    }
    ActorWindow longWindow = counter.longWindow(timestamp, state);
    if (longWindow != null) {
      context.output(LONG, longWindow.of("ip", address));
    }
    if (timestamp >= expiry) {
      expire(address, state, timestamp, context.timerService().currentWatermark());
    }
  }

  private void expire(String address, ActorState state, long time, long watermark)
      throws Exception {
    state.forgetUpTo(time);
    long last = state.lastMoment();
    if (last == ActorState.NONE) {
      state.users.clear();
      addresses.remove(address);
    } else {
      state.users.forgetInMapBefore(counter.longWindows.firstOpenWindow(time));
      expireAt(last, address, timers(address, state, time, watermark));
      addresses.put(address, encoded(state, last));
    }
  }

  private void expireAt(long time, String address, ActorTimers timers) throws Exception {
    timers.set(time);
    keysWithValue().add(address, time, timers.watermark());
  }

  /** Returns the time of the timer that checks whether the value has expired. */
  private long read(ActorState state, DataInputView value) throws Exception {
    if (value == null) {
      return ActorState.NONE;
    }
    StateFormat.read(value, counter.shortWindows, counter.longWindows);
    long expiry = VarInts.readSigned(value);
    state.read(value, expiry);
    return expiry;
  }

  private DataOutputSerializer encoded(ActorState state, long expiry) throws Exception {
    buffer.clear();
    StateFormat.write(buffer, counter.shortWindows, counter.longWindows);
    VarInts.writeSigned(expiry, buffer);
    state.write(buffer, expiry);
    return buffer;
  }
}
