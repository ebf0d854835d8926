package adanalytics.table;

import adanalytics.attribution.AttributedClick;
import adanalytics.attribution.AttributionState;
import adanalytics.attribution.AttributionStateCodec;
import adanalytics.attribution.ImpressionState;
import adanalytics.event.Click;
import adanalytics.event.EventParser;
import adanalytics.event.Impression;
import adanalytics.event.ImpressionCodec;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** Takes an impression through parser, network, state and column, and prints the value of a column. */
public final class TryTheRecipes {
  private TryTheRecipes() {}

  /**
   * @param args JSON of an impression, and the name of the column
   */
  @SuppressWarnings("unchecked")
  public static void main(String[] args) throws Exception {
    byte[] json = args[0].getBytes(StandardCharsets.UTF_8);
    Impression parsed = EventParser.ofImpressions(0).parse(json, Long.MAX_VALUE / 2).event;
    DataOutputSerializer sent = new DataOutputSerializer(64);
    new ImpressionCodec().write(parsed, sent);
    Impression received =
        new ImpressionCodec().read(new DataInputDeserializer(sent.getCopyOfBuffer()));

    AttributionState state = new AttributionState();
    state.impressions = List.of(ImpressionState.of(received));
    DataOutputSerializer saved = new DataOutputSerializer(64);
    new AttributionStateCodec().write(state, saved);
    AttributedClick click = new AttributedClick();
    click.click = new Click();
    click.impression =
        new AttributionStateCodec()
            .read(new DataInputDeserializer(saved.getCopyOfBuffer()))
            .impressions
            .get(0);

    EventStream<AttributedClick> stream =
        (EventStream<AttributedClick>) EventStream.named("attributed_click");
    System.out.println(stream.column(args[1]).value.apply(click));
  }
}
