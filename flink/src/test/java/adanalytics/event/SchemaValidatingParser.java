package adanalytics.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An independent implementation of the contract's rules: a tree of the record, the library
 * json-schema-validator with the unchanged schema, and java.time. It is the oracle for {@link
 * EventParser}, and the benchmark compares the two.
 *
 * @param <E> impression or click
 */
abstract class SchemaValidatingParser<E extends AdEvent> {
  private static final int MAX_REPORTED_PROBLEMS = 5;

  /** In code points. */
  private static final int MAX_REASON_LENGTH = 1_000;

  private final EventKind kind;
  private final long maxFutureMillis;
  private final JsonSchema schema;
  private final TreeReader reader;

  protected SchemaValidatingParser(EventKind kind, long maxFutureMillis) {
    this.kind = kind;
    this.maxFutureMillis = maxFutureMillis;
    this.schema = loadSchema(kind);
    this.reader = new TreeReader(fieldsOf(schema));
  }

  static SchemaValidatingParser<Impression> ofImpressions(long maxFutureMillis) {
    return new ImpressionParser(maxFutureMillis);
  }

  static SchemaValidatingParser<Click> ofClicks(long maxFutureMillis) {
    return new ClickParser(maxFutureMillis);
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
      JsonNode tree = reader.read(data);
      String problems = problems(schema, tree);
      if (!problems.isEmpty()) {
        return rejected(record, data, problems);
      }
      E event = create(tree);
      fillCommon(event, tree);
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
    } catch (TreeReader.IllegalRecordException e) {
      return rejected(record, data, e.getMessage());
    }
  }

  /** Builds the event with the fields that only its kind has. */
  protected abstract E create(JsonNode tree);

  protected static String text(JsonNode tree, String field) {
    JsonNode value = tree.get(field);
    return value == null || value.isNull() ? null : value.textValue();
  }

  protected static Long number(JsonNode tree, String field) {
    JsonNode value = tree.get(field);
    return value == null || value.isNull() ? null : value.longValue();
  }

  /** Of a text that the schema has accepted. */
  private static long time(String text) {
    return LocalDateTime.of(
                    number(text, 0, 4),
                    number(text, 5, 7),
                    number(text, 8, 10),
                    number(text, 11, 13),
                    number(text, 14, 16),
                    number(text, 17, 19))
                .toEpochSecond(ZoneOffset.UTC)
            * 1_000
        + number(text, 20, 23);
  }

  private static int number(String text, int from, int to) {
    return Integer.parseInt(text.substring(from, to));
  }

  private static void fillCommon(AdEvent event, JsonNode tree) {
    event.impressionId = text(tree, "impression_id");
    event.eventTime = time(text(tree, "event_time"));
    event.userId = text(tree, "user_id");
    event.campaignId = text(tree, "campaign_id");
    event.adId = text(tree, "ad_id");
    event.publisherId = text(tree, "publisher_id");
    event.deviceType = text(tree, "device_type");
    event.country = text(tree, "country");
    event.ip = text(tree, "ip");
    event.userAgent = text(tree, "user_agent");
  }

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

  /** The validator's findings as the text of a reason; empty for a valid record. */
  static String problems(JsonSchema schema, JsonNode record) {
    return describe(schema.validate(record, c -> c.getExecutionConfig().setLocale(Locale.ENGLISH)));
  }

  private static String describe(Set<ValidationMessage> problems) {
    String described =
        problems.stream()
            .map(SchemaValidatingParser::describe)
            .distinct()
            .sorted()
            .limit(MAX_REPORTED_PROBLEMS)
            .collect(Collectors.joining("; "));
    return problems.size() > MAX_REPORTED_PROBLEMS ? described + "; and more" : described;
  }

  private static String describe(ValidationMessage problem) {
    String field = problem.getProperty();
    if (field == null) {
      int depth = problem.getInstanceLocation().getNameCount();
      field = depth == 0 ? "record" : problem.getInstanceLocation().getName(0);
    }
    return field + ": " + problem.getError();
  }

  static Set<String> fieldsOf(JsonSchema schema) {
    Set<String> fields = new HashSet<>();
    schema.getSchemaNode().get("properties").fieldNames().forEachRemaining(fields::add);
    return fields;
  }

  static JsonSchema schemaOf(JsonNode json) {
    JsonSchema schema =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(json);
    schema.initializeValidators();
    return schema;
  }

  private static JsonSchema loadSchema(EventKind kind) {
    String resource = "/schemas/" + kind.label() + ".schema.json";
    try (InputStream in = SchemaValidatingParser.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(
            "The jar lacks " + resource + ": build it with `nx run flink:build`");
      }
      return schemaOf(new ObjectMapper().readTree(in));
    } catch (IOException e) {
      throw new IllegalStateException("Cannot read " + resource, e);
    }
  }

  private static final class ImpressionParser extends SchemaValidatingParser<Impression> {
    ImpressionParser(long maxFutureMillis) {
      super(EventKind.IMPRESSION, maxFutureMillis);
    }

    @Override
    protected Impression create(JsonNode tree) {
      Impression impression = new Impression();
      impression.costMicros = number(tree, "cost_micros");
      impression.width = pixels(tree, "width");
      impression.height = pixels(tree, "height");
      return impression;
    }

    private static Integer pixels(JsonNode tree, String field) {
      Long value = number(tree, field);
      return value == null ? null : (int) Math.min(value, Integer.MAX_VALUE);
    }
  }

  private static final class ClickParser extends SchemaValidatingParser<Click> {
    ClickParser(long maxFutureMillis) {
      super(EventKind.CLICK, maxFutureMillis);
    }

    @Override
    protected Click create(JsonNode tree) {
      Click click = new Click();
      click.clickId = text(tree, "click_id");
      return click;
    }
  }
}
