package adanalytics.window;

import adanalytics.state.TimerGroupFunction;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Sums the deltas of each key and tumbling window. A window is emitted once, when the watermark
 * completes it. Sums of integers do not depend on the order of the deltas.
 *
 * <p>Keyed by dimension and id. The windows of dimensions such as {@code campaign:c1} are the main
 * output; {@link #SETTLED_CAMPAIGN} goes to {@link #SETTLED}, {@link #BOT_ADDRESS} to {@link
 * #BOTS}. The windows of publishers also go to {@link #PUBLISHERS}, with statistics of earlier
 * windows.
 *
 * <p>State: one value for each key with the sums of its open windows, and one timer in a group for
 * each open window. The value is removed with the last window. For publishers see {@link
 * PublisherRates}.
 */
final class TotalsWindows extends TimerGroupFunction<WindowDelta, WindowTotals> {
  static final String PUBLISHER = "publisher:";
  static final String SETTLED_CAMPAIGN = "settled:";
  static final String BOT_ADDRESS = "bot:";

  static final OutputTag<WindowTotals> SETTLED =
      new OutputTag<>("settled-windows", WindowTotals.typeInformation());
  static final OutputTag<WindowTotals> BOTS =
      new OutputTag<>("bot-windows", WindowTotals.typeInformation());
  static final OutputTag<PublisherWindow> PUBLISHERS =
      new OutputTag<>("publisher-windows", PublisherWindow.type());

  private static final long serialVersionUID = 1L;

  private final WindowKind ofDimensions;
  private final WindowKind ofSettled;
  private final WindowKind ofBots;
  private final PublisherRates publisherRates;
  private transient ValueState<byte[]> stateOfKey;
  private transient DataOutputSerializer buffer;

  /**
   * @param settings the sizes of the windows
   */
  TotalsWindows(WindowSettings settings) {
    ofDimensions = new WindowKind(settings.metricsWindows, 0);
    ofSettled = new WindowKind(settings.metricsWindows, settings.attributionWindowMillis);
    ofBots = new WindowKind(settings.shortWindows.slidingByLength(), 0);
    publisherRates =
        new PublisherRates(
            settings.metricsWindows,
            settings.publisherImpressions,
            settings.publisherTrailingWindows);
  }

  @Override
  public void open(OpenContext context) {
    stateOfKey =
        getRuntimeContext()
            .getState(
                new ValueStateDescriptor<>(
                    "totals", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
    publisherRates.open(getRuntimeContext());
    buffer = new DataOutputSerializer(128);
  }

  @Override
  public void processElement(WindowDelta delta, Context context, Collector<WindowTotals> out)
      throws Exception {
    WindowKind kind = kindOf(delta.key);
    OpenWindows open = read(kind);
    if (open.find(delta.window) == OpenWindows.NONE) {
      timerGroups().add(delta.key, kind.completion(delta.window));
    }
    int at = open.at(delta.window);
    WindowTotals.add(delta.counts, open.counts, at);
    write(open, kind);
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<WindowTotals> out)
      throws Exception {
    String key = context.getCurrentKey();
    WindowKind kind = kindOf(key);
    OpenWindows open = read(kind);
    long firstOpen = kind.firstOpenWindow(timestamp);
    if (!open.isEmpty() && open.window(0) < firstOpen) {
      for (int i = 0; i < open.size() && open.window(i) < firstOpen; i++) {
        putOut(totals(key, open, open.window(i), kind), kind, context, out);
      }
      open.forgetBefore(firstOpen);
      write(open, kind);
    }
    if (key.startsWith(PUBLISHER)) {
      publisherRates.expire(timestamp, context.timerService());
    }
  }

  private void putOut(
      WindowTotals totals, WindowKind kind, OnTimerContext context, Collector<WindowTotals> out)
      throws Exception {
    if (kind == ofSettled) {
      context.output(SETTLED, totals);
    } else if (kind == ofBots) {
      context.output(BOTS, totals);
    } else {
      out.collect(totals);
      if (totals.key.startsWith(PUBLISHER) && publisherRates.hasEnoughImpressions(totals)) {
        context.output(PUBLISHERS, publisherRates.add(totals, context.timerService()));
      }
    }
  }

  private static WindowTotals totals(String key, OpenWindows open, long window, WindowKind kind) {
    return new WindowTotals(
        key,
        kind.windows.start(window),
        kind.windows.end(window),
        open.countsAt(open.find(window)));
  }

  private WindowKind kindOf(String key) {
    if (key.startsWith(SETTLED_CAMPAIGN)) {
      return ofSettled;
    }
    return key.startsWith(BOT_ADDRESS) ? ofBots : ofDimensions;
  }

  private OpenWindows read(WindowKind kind) throws Exception {
    byte[] bytes = stateOfKey.value();
    if (bytes == null) {
      return new OpenWindows(WindowTotals.COUNTS);
    }
    DataInputDeserializer in = new DataInputDeserializer(bytes);
    StateFormat.read(in, kind.windows);
    return OpenWindows.read(in, WindowTotals.COUNTS);
  }

  private void write(OpenWindows open, WindowKind kind) throws Exception {
    if (open.isEmpty()) {
      stateOfKey.clear();
      return;
    }
    buffer.clear();
    StateFormat.write(buffer, kind.windows);
    open.write(buffer);
    stateOfKey.update(buffer.getCopyOfBuffer());
  }
}
