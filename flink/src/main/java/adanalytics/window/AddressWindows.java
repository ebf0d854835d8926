package adanalytics.window;

import adanalytics.codec.VarInts;
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
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
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
final class AddressWindows extends KeyedProcessFunction<String, AddressEvent, ActorWindow>
    implements ActorWindowsFunction {
  static final OutputTag<ActorWindow> LONG =
      new OutputTag<>("long-address-windows", ActorWindow.type());

  static final MapStateDescriptor<String, long[]> USERS_OF_ADDRESS =
      new MapStateDescriptor<>(
          "users", Types.STRING, PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO);

  private static final long serialVersionUID = 1L;

  private final ActorCounter counter;
  private transient ValueState<byte[]> stateOfAddress;
  private transient MapState<String, long[]> usersOfAddress;
  private transient DataOutputSerializer buffer;

  /**
   * @param settings which windows
   */
  AddressWindows(WindowSettings settings) {
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
    ActorState state = new ActorState(counter, usersOfAddress);
    long expiry = read(state, stateOfAddress.value());
    if (counter.addTimers(ended, state, timers)) {
      write(state, expiry);
    }
  }

  @Override
  public void processElement(AddressEvent event, Context context, Collector<ActorWindow> out)
      throws Exception {
    TimerService timers = context.timerService();
    ActorState state = new ActorState(counter, usersOfAddress);
    long expiry = read(state, stateOfAddress.value());
    state.forgetUpTo(timers.currentWatermark());
    counter.count(event.what, event.time, event.userId, state, timers);
    if (expiry == ActorState.NONE) {
      expiry = state.lastMoment();
      timers.registerEventTimeTimer(expiry);
    }
    write(state, expiry);
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<ActorWindow> out)
      throws Exception {
    byte[] bytes = stateOfAddress.value();
    if (bytes == null) {
      return;
    }
    ActorState state = new ActorState(counter, usersOfAddress);
    long expiry = read(state, bytes);
    ActorWindow shortWindow = counter.shortWindow(timestamp, state);
    if (shortWindow != null) {
      out.collect(shortWindow.of("ip", context.getCurrentKey()));
    }
    ActorWindow longWindow = counter.longWindow(timestamp, state);
    if (longWindow != null) {
      context.output(LONG, longWindow.of("ip", context.getCurrentKey()));
    }
    if (timestamp >= expiry) {
      expire(state, timestamp, context.timerService());
    }
  }

  private void expire(ActorState state, long time, TimerService timers) throws Exception {
    state.forgetUpTo(time);
    long last = state.lastMoment();
    if (last == ActorState.NONE) {
      state.users.clear();
      stateOfAddress.clear();
    } else {
      state.users.forgetInMapBefore(counter.longWindows.firstOpenWindow(time));
      timers.registerEventTimeTimer(last);
      write(state, last);
    }
  }

  /** Returns the time at which a timer looks the value through. */
  private long read(ActorState state, byte[] bytes) throws Exception {
    if (bytes == null) {
      return ActorState.NONE;
    }
    DataInputDeserializer in = new DataInputDeserializer(bytes);
    StateFormat.read(in, counter.shortWindows, counter.longWindows);
    long expiry = VarInts.readSigned(in);
    state.read(in, expiry);
    return expiry;
  }

  private void write(ActorState state, long expiry) throws Exception {
    buffer.clear();
    StateFormat.write(buffer, counter.shortWindows, counter.longWindows);
    VarInts.writeSigned(expiry, buffer);
    state.write(buffer, expiry);
    stateOfAddress.update(buffer.getCopyOfBuffer());
  }
}
