package adanalytics.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adanalytics.attribution.AttributedClick;
import adanalytics.attribution.ImpressionState;
import adanalytics.event.Click;
import adanalytics.event.EventKind;
import adanalytics.event.InputRecord;
import adanalytics.event.RecordPosition;
import adanalytics.event.RejectedEvent;
import adanalytics.event.TestEvents;
import adanalytics.window.ActorWindow;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.factories.Factory;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.LocalZonedTimestampType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.TimestampKind;
import org.junit.jupiter.api.Test;

class EventPipelineTableTest {
  @Test
  void sqlFindsTheFactory() {
    List<String> identifiers =
        ServiceLoader.load(Factory.class).stream()
            .map(ServiceLoader.Provider::type)
            .filter(EventPipelineTableFactory.class::equals)
            .map(Class::getName)
            .collect(Collectors.toList());

    assertThat(identifiers).hasSize(1);
  }

  @Test
  void makesRowsInTheOrderOfTheDeclaration() throws Exception {
    Click click = TestEvents.click("c", "i", 1_234);
    RowData row =
        row(
            "unattributed_click",
            click,
            row("event_time", time(), "ip", string(), "click_id", string().notNull()));

    assertThat(row.getArity()).isEqualTo(3);
    assertThat(row.getTimestamp(0, 3)).isEqualTo(TimestampData.fromEpochMillis(1_234));
    assertThat(row.isNullAt(1)).isTrue();
    assertThat(row.getString(2)).isEqualTo(StringData.fromString("c"));
  }

  @Test
  void keepsNumbersAndTheirAbsence() throws Exception {
    AttributedClick click = new AttributedClick();
    click.click = TestEvents.click("c", "i", 1_234);
    click.impression = new ImpressionState();
    click.impression.eventTime = 1_000;
    DataType declared =
        row("cost_micros", DataTypes.BIGINT(), "time_to_click_ms", DataTypes.BIGINT());
    assertThat(row("attributed_click", click, declared).isNullAt(0)).isTrue();

    click.impression.costMicros = 2_500L;
    RowData row = row("attributed_click", click, declared);
    assertThat(row.getLong(0)).isEqualTo(2_500);
    assertThat(row.getLong(1)).isEqualTo(234);
  }

  @Test
  void theBoundsOfAWindowAreTimestampsInUtc() throws Exception {
    ActorWindow window = new ActorWindow();
    window.windowStart = 60_000;
    RowData row =
        row(
            "long_actor_window",
            window,
            row("window_start", DataTypes.TIMESTAMP(3), "click_gap_variation", DataTypes.DOUBLE()));

    assertThat(row.getTimestamp(0, 3).toString()).isEqualTo("1970-01-01T00:01");
    assertThat(row.isNullAt(1)).isTrue();
  }

  @Test
  void aRejectedRecordIsCutButItsLengthIsKept() throws Exception {
    InputRecord<Click> record = new InputRecord<>();
    record.rejectReason = "not valid JSON: why";
    record.raw = new byte[RejectedEvent.MAX_RAW_BYTES + 1];
    Arrays.fill(record.raw, (byte) 'x');
    record.position = new RecordPosition("stream", "shard", "17:2");
    RowData row =
        row(
            "rejected_event",
            new RejectedEvent(EventKind.CLICK, record),
            row(
                "raw",
                string(),
                "raw_length",
                DataTypes.BIGINT(),
                "source",
                string(),
                "sequence_number",
                string()));

    assertThat(Base64.getDecoder().decode(row.getString(0).toString()))
        .hasSize(RejectedEvent.MAX_RAW_BYTES);
    assertThat(row.getLong(1)).isEqualTo(RejectedEvent.MAX_RAW_BYTES + 1);
    assertThat(row.getString(2)).isEqualTo(StringData.fromString("click"));
    assertThat(row.getString(3)).isEqualTo(StringData.fromString("17:2"));
  }

  @Test
  void acceptsTheTypeUnderTheWatermark() {
    RowType declared = RowType.of(new LocalZonedTimestampType(true, TimestampKind.ROWTIME, 3));
    RowType named = new RowType(List.of(new RowType.RowField("event_time", declared.getTypeAt(0))));

    assertThat(DeclaredColumns.match("t", named, EventStream.named("unattributed_click")))
        .hasSize(1);
  }

  @Test
  void namesEveryColumnThatDoesNotFit() {
    DataType declared =
        row(
            "nope", string(),
            "event_time", DataTypes.TIMESTAMP(3),
            "ip", string().notNull(),
            "click_id", string());

    assertThatThrownBy(
            () ->
                DeclaredColumns.match(
                    "clicks",
                    (RowType) declared.getLogicalType(),
                    EventStream.named("unattributed_click")))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining("Table clicks does not match the stream 'unattributed_click'")
        .hasMessageContaining(
            "column 'nope' does not exist; the stream has: click_id, impression_id, user_id")
        .hasMessageContaining(
            "'event_time' is TIMESTAMP_LTZ(3) NOT NULL, but is declared as TIMESTAMP(3)")
        .hasMessageContaining("'ip' can be null, but is declared NOT NULL")
        .hasMessageNotContaining("'click_id'");
  }

  @Test
  void namesTheStreamsThereAre() {
    assertThatThrownBy(() -> EventStream.named("clik"))
        .hasMessage(
            "Option 'stream' is 'clik', but must be one of attributed_click, unattributed_click,"
                + " short_actor_window, long_actor_window, user_window, dimension_window,"
                + " settled_window, publisher_window, bot_window, late_event, rejected_event");
  }

  @SuppressWarnings("unchecked")
  private static <T> RowData row(String stream, T element, DataType declared) throws Exception {
    List<Column<T>> columns =
        DeclaredColumns.match(
            "t", (RowType) declared.getLogicalType(), (EventStream<T>) EventStream.named(stream));
    return new RowMapper<>(columns).map(element);
  }

  private static DataType row(Object... namesAndTypes) {
    DataTypes.Field[] fields = new DataTypes.Field[namesAndTypes.length / 2];
    for (int i = 0; i < fields.length; i++) {
      fields[i] =
          DataTypes.FIELD((String) namesAndTypes[2 * i], (DataType) namesAndTypes[2 * i + 1]);
    }
    return DataTypes.ROW(fields);
  }

  private static DataType string() {
    return DataTypes.STRING();
  }

  private static DataType time() {
    return DataTypes.TIMESTAMP_LTZ(3);
  }
}
