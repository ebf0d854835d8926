package adanalytics.event;

import java.time.DateTimeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Parses the bytes of one record into an event, or returns why they are not a valid event. The JSON
 * Schemas of libs/event-schemas, which are packaged in the jar, define a valid event. This class
 * adds two rules that a schema cannot express: the date must exist, and the time must not be too
 * far after the record's arrival.
 *
 * <p>Not thread-safe; one for each shard.
 *
 * @param <E> impression or click
 */
public abstract class EventParser<E extends AdEvent> {
  /** In code points. */
  private static final int MAX_REASON_LENGTH = 1_000;

  private static final Logger LOG = LoggerFactory.getLogger(EventParser.class);

  private final EventKind kind;
  private final long maxFutureMillis;
  private final EventSchema schema;
  private final RecordReader reader;
  private final FieldValues values;
  private final Problems problems = new Problems();
  private final CommonFields fields;

  private EventParser(EventKind kind, EventSchema schema, long maxFutureMillis) {
    this.kind = kind;
    this.maxFutureMillis = maxFutureMillis;
    this.schema = schema;
    this.reader = new RecordReader(schema);
    this.values = new FieldValues(schema.size());
    this.fields = new CommonFields(schema);
  }

  public static EventParser<Impression> ofImpressions(long maxFutureMillis) {
    return ofImpressions(maxFutureMillis, CarriedFields.ofTheJar());
  }

  static EventParser<Impression> ofImpressions(long maxFutureMillis, CarriedFields carried) {
    EventSchema schema = EventSchema.of(EventKind.IMPRESSION);
    return new ImpressionParser(schema, carried, maxFutureMillis);
  }

  public static EventParser<Click> ofClicks(long maxFutureMillis) {
    return new ClickParser(EventSchema.of(EventKind.CLICK), maxFutureMillis);
  }

  public EventKind kind() {
    return kind;
  }

  /**
   * @param data the record as it came from the stream
   * @param arrivalTime when Kinesis took it, in milliseconds since the epoch
   * @return an event, or a reason and the bytes; never null, never an exception
   */
  public InputRecord<E> parse(byte[] data, long arrivalTime) {
    InputRecord<E> record = new InputRecord<>();
    record.arrivalTime = arrivalTime;
    try {
      JsonKind found = reader.read(data, values);
      problems.clear();
      schema.check(found, values, problems);
      if (!problems.isEmpty()) {
        return rejected(record, data, problems.describe());
      }
      E event = create(values);
      fields.fill(event, values);
      if (event.eventTime > arrivalTime + maxFutureMillis) {
        return rejected(
            record,
            data,
            String.format(
                "event_time: %s is more than %d s after the record's arrival at %s",
                EventTime.format(event.eventTime),
                maxFutureMillis / 1000,
                EventTime.format(arrivalTime)));
      }
      record.event = event;
      return record;
    } catch (DateTimeException e) {
      return rejected(record, data, "event_time: " + e.getMessage());
    } catch (RecordReader.IllegalRecordException e) {
      return rejected(record, data, e.getMessage());
    } catch (RuntimeException e) {
      // Not known to happen. But no record may stop the job, even if a library fails on it.
      LOG.warn("A record could not be validated and is rejected", e);
      return rejected(record, data, "record: cannot be validated (" + e.getClass().getName() + ")");
    }
  }

  /** Builds the event with the fields that only its kind has. */
  protected abstract E create(FieldValues values);

  /**
   * Messages of the JSON library quote single UTF-16 units. An unpaired surrogate cannot be written
   * as UTF-8 and would stop the sink. A long message does not help, so it is cut.
   */
  private static String harmless(String reason) {
    StringBuilder text = new StringBuilder();
    reason
        .codePoints()
        .limit(MAX_REASON_LENGTH)
        .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c)
        .forEach(text::appendCodePoint);
    return text.toString();
  }

  private InputRecord<E> rejected(InputRecord<E> record, byte[] data, String reason) {
    record.rejectReason = harmless(reason);
    record.raw = data;
    return record;
  }

  private static final class ImpressionParser extends EventParser<Impression> {
    private final CarriedFields carried;
    private final int costMicros;
    private final int width;
    private final int height;

    ImpressionParser(EventSchema schema, CarriedFields carried, long maxFutureMillis) {
      super(EventKind.IMPRESSION, schema, maxFutureMillis);
      this.carried = carried;
      costMicros = schema.wholeNumber("cost_micros");
      width = schema.wholeNumber("width");
      height = schema.wholeNumber("height");
    }

    @Override
    protected Impression create(FieldValues values) {
      Impression impression = new Impression();
      impression.costMicros = values.whole(costMicros);
      impression.width = pixels(values.whole(width));
      impression.height = pixels(values.whole(height));
      impression.carried = carried.valuesOf(values);
      return impression;
    }

    /** No screen is that large: a value that does not fit becomes the greatest one. */
    private static Integer pixels(Long value) {
      return value == null ? null : (Integer) (int) Math.min(value, Integer.MAX_VALUE);
    }
  }

  private static final class ClickParser extends EventParser<Click> {
    private final int clickId;

    ClickParser(EventSchema schema, long maxFutureMillis) {
      super(EventKind.CLICK, schema, maxFutureMillis);
      clickId = schema.text("click_id");
    }

    @Override
    protected Click create(FieldValues values) {
      Click click = new Click();
      click.clickId = values.text(clickId);
      return click;
    }
  }
}
