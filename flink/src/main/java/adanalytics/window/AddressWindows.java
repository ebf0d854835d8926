package adanalytics.window;

import adanalytics.codec.VarInts;
import adanalytics.state.CacheSize;
import adanalytics.state.CachingFunction;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * What is done from each address in sliding windows, see {@link ActorCounter}. Keyed by address;
 * the main output are the short windows, {@link #LONG} the long ones, each once, when the watermark
 * passes its end.
 *
 * <p>State: one value for each address and one timer to clear it, until its last window has ended,
 * and, if many users share an address, one entry for each of them, for at most two long windows
 * after it was last seen.
 */
final class AddressWindows extends CachingFunction<AddressEvent, ActorWindow, AddressState>
    implements ActorWindowsFunction {
  static final OutputTag<ActorWindow> LONG =
      new OutputTag<>("long-address-windows", ActorWindow.type());

  static final MapStateDescriptor<String, long[]> USERS_OF_ADDRESS =
      new MapStateDescriptor<>(
          "users", Types.STRING, PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO);

  private static final CacheSize CACHE_SIZE = CacheSize.heapDividedBy(24);

  private static final long serialVersionUID = 1L;

  private final ActorCounter counter;
  private transient ValueState<byte[]> stateOfAddress;
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
    stateOfAddress = getRuntimeContext().getState(state());
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
  public void addTimers(long ended, TimerService timers) throws Exception {
    AddressState state = read();
    if (counter.addTimers(ended, state.actor, timers)) {
      write(state);
    }
  }

  @Override
  public void processElement(AddressEvent event, Context context, Collector<ActorWindow> out)
      throws Exception {
    TimerService timers = context.timerService();
    AddressState state = cache.get(event.ip);
    if (state == null) {
      state = new AddressState(newActor());
    }
    state.actor.forgetUpTo(timers.currentWatermark());
    counter.count(event.what, event.time, event.userId, state.actor, timers);
    if (state.expiry == ActorState.NONE) {
      state.expiry = state.actor.lastMoment();
      timers.registerEventTimeTimer(state.expiry);
    }
    cache.changed(event.ip, state);
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<ActorWindow> out)
      throws Exception {
    String address = context.getCurrentKey();
    AddressState state = cache.get(address);
    if (state == null) {
      return;
    }
    ActorWindow shortWindow = counter.shortWindow(timestamp, state.actor);
    if (shortWindow != null) {
      out.collect(shortWindow.of("ip", address));
    }
    ActorWindow longWindow = counter.longWindow(timestamp, state.actor);
    if (longWindow != null) {
      context.output(LONG, longWindow.of("ip", address));
    }
    if (timestamp >= state.expiry) {
      expire(address, state, timestamp, context.timerService());
    }
  }

  private void expire(String address, AddressState state, long time, TimerService timers)
      throws Exception {
    ActorState actor = state.actor;
    actor.forgetUpTo(time);
    long last = actor.lastMoment();
    if (last == ActorState.NONE) {
      actor.users.clear();
      cache.remove(address);
    } else {
      actor.users.forgetInMapBefore(counter.longWindows.firstOpenWindow(time));
      timers.registerEventTimeTimer(last);
      state.expiry = last;
      cache.changed(address, state);
    }
  }

  private ActorState newActor() {
    return new ActorState(counter, usersOfAddress);
  }

  @Override
  public AddressState read() throws Exception {
    byte[] bytes = stateOfAddress.value();
    if (bytes == null) {
      return null;
    }
    DataInputDeserializer in = new DataInputDeserializer(bytes);
    StateFormat.read(in, counter.shortWindows, counter.longWindows);
    AddressState state = new AddressState(newActor());
    state.expiry = VarInts.readSigned(in);
    state.actor.read(in, state.expiry);
    return state;
  }

  @Override
  public void write(AddressState state) throws Exception {
    buffer.clear();
    StateFormat.write(buffer, counter.shortWindows, counter.longWindows);
    VarInts.writeSigned(state.expiry, buffer);
    state.actor.write(buffer, state.expiry);
    stateOfAddress.update(buffer.getCopyOfBuffer());
  }

  @Override
  public void clear() {
    stateOfAddress.clear();
  }

  @Override
  public int heapBytes(AddressState state) {
    return state.actor.heapBytes();
  }
}
