package adanalytics.privacy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows of result tables without personal data. */
class ResultPrivacyTest {
  private static final String KEY = "k23456789012345678901234567890ab";
  private static final String USER = "u1";
  private static final String PSEUDONYM = "5d1b97bfd47db4ce778bf516e2463532";
  private static final String ADDRESS = "203.0.113.7";
  private static final String START = "2026-11-23T10:00:00.000Z";

  @TempDir private Path folder;
  private Path keyFile;

  @BeforeEach
  void writeKey() throws IOException {
    keyFile = Files.writeString(folder.resolve("key"), KEY);
  }

  @Test
  void aUserIdIsAPseudonymInFieldAndRecordId() {
    RowData row = changed("hmac", "full", "user_engagement", engagement(USER));
    assertThat(row.getString(1).toString()).isEqualTo("user_engagement:" + START + ":" + PSEUDONYM);
    assertThat(payload(row, 2).getString(0).toString()).isEqualTo(PSEUDONYM);
    assertThat(payload(row, 2).getString(1).toString()).isEqualTo(START);
    assertThat(row.getString(0).toString()).isEqualTo("user_engagement");
    assertThat(row.getInt(2)).isEqualTo(1);
  }

  @Test
  void aUserIdStaysIfOnlyAddressesAreCut() {
    RowData row = changed("plain", "cut", "user_engagement", engagement(USER));
    assertThat(row.getString(1).toString()).isEqualTo("user_engagement:" + START + ":" + USER);
    assertThat(payload(row, 2).getString(0).toString()).isEqualTo(USER);
  }

  @Test
  void theActorOfAnAlertIsChangedByItsType() {
    assertThat(actor(changed("hmac", "cut", "fraud_alert", alert("user", USER))))
        .isEqualTo(PSEUDONYM);
    assertThat(actor(changed("hmac", "cut", "fraud_alert", alert("ip", ADDRESS))))
        .isEqualTo("203.0.113.0/24");
    assertThat(actor(changed("hmac", "full", "fraud_alert", alert("ip", ADDRESS))))
        .isEqualTo(ADDRESS);
    assertThat(actor(changed("plain", "cut", "fraud_alert", alert("user", USER)))).isEqualTo(USER);
    assertThat(actor(changed("hmac", "cut", "fraud_alert", alert("publisher", USER))))
        .isEqualTo(USER);
  }

  @Test
  void alertsAboutAddressesOfOneNetworkKeepDifferentIds() {
    RowData one = changed("plain", "cut", "fraud_alert", alert("ip", ADDRESS));
    RowData other = changed("plain", "cut", "fraud_alert", alert("ip", "203.0.113.8"));
    String prefix = "fraud_alert:known_bot:ip:" + START + ":203.0.113.0/24:";
    assertThat(one.getString(1).toString()).isEqualTo(prefix + "e16cd0a2b5f3b1ba");
    assertThat(other.getString(1).toString()).startsWith(prefix).isNotEqualTo(one.getString(1));
    assertThat(changed("hmac", "full", "fraud_alert", alert("ip", ADDRESS)).getString(1).toString())
        .isEqualTo("fraud_alert:known_bot:ip:" + START + ":" + ADDRESS);
  }

  @Test
  void aRejectedEventLosesTheRecordAndItsWords() {
    for (String[] settings : new String[][] {{"hmac", "full"}, {"plain", "cut"}}) {
      RowData row = changed(settings[0], settings[1], "rejected_event", rejected());
      assertThat(row.getString(1).toString()).isEqualTo("rejected_event:s:shard:1");
      assertThat(payload(row, 4).getString(1).toString()).isEqualTo("not valid JSON");
      assertThat(payload(row, 4).isNullAt(2)).isTrue();
      assertThat(payload(row, 4).getLong(3)).isEqualTo(2);
    }
  }

  @Test
  void theDefaultsAndTypesWithoutPersonalDataChangeNothing() {
    PrivacySettings defaults =
        new PrivacySettings("plain", "full", new KeySource(null, null, "us-east-1", null));
    assertThat(ResultPrivacy.of("fraud_alert", type("fraud_alert"), defaults)).isNull();
    assertThat(ResultPrivacy.of("late_event", type("late_event"), settings("hmac", "cut")))
        .isNull();
  }

  @Test
  void aTypeWithoutADefinitionIsRefused() {
    assertThatThrownBy(
            () -> ResultPrivacy.of("unheard_of", type("late_event"), settings("hmac", "cut")))
        .hasMessageContaining("does not have the result unheard_of");
  }

  @Test
  void theKeyIsNotInTheGraphOfTheJob() throws IOException {
    ResultPrivacy privacy =
        ResultPrivacy.of("fraud_alert", type("fraud_alert"), settings("hmac", "cut"));
    String bytes = new String(InstantiationUtil.serializeObject(privacy), ISO_8859_1);
    assertThat(bytes).contains(keyFile.toString()).doesNotContain(KEY);
  }

  private PrivacySettings settings(String userIds, String addresses) {
    return new PrivacySettings(
        userIds, addresses, new KeySource(null, keyFile.toString(), "us-east-1", null));
  }

  private RowData changed(String userIds, String addresses, String type, RowData row) {
    ResultPrivacy privacy = ResultPrivacy.of(type, type(type), settings(userIds, addresses));
    privacy.open();
    return privacy.withoutPersonalData(row);
  }

  private static RowData payload(RowData row, int fields) {
    return row.getRow(4, fields);
  }

  private static String actor(RowData row) {
    return payload(row, 4).getString(2).toString();
  }

  private static RowData row(String type, String id, Object... payload) {
    return GenericRowData.of(text(type), text(id), 1, text(START), GenericRowData.of(payload));
  }

  private static RowData engagement(String user) {
    return row("user_engagement", "user_engagement:" + START + ":" + user, text(user), text(START));
  }

  private static RowData alert(String actorType, String actor) {
    return row(
        "fraud_alert",
        "fraud_alert:known_bot:" + actorType + ":" + START + ":" + actor,
        text("known_bot"),
        text(actorType),
        text(actor),
        text(START));
  }

  private static RowData rejected() {
    return row(
        "rejected_event",
        "rejected_event:s:shard:1",
        text("click"),
        text("not valid JSON: Unrecognized token 'u1'"),
        text("dTE="),
        2L);
  }

  private static StringData text(String value) {
    return StringData.fromString(value);
  }

  private static RowType type(String type) {
    DataType text = DataTypes.STRING();
    DataType payload;
    switch (type) {
      case "user_engagement":
        payload =
            DataTypes.ROW(DataTypes.FIELD("user_id", text), DataTypes.FIELD("window_start", text));
        break;
      case "fraud_alert":
        payload =
            DataTypes.ROW(
                DataTypes.FIELD("rule", text),
                DataTypes.FIELD("actor_type", text),
                DataTypes.FIELD("actor_id", text),
                DataTypes.FIELD("window_start", text));
        break;
      case "rejected_event":
        payload =
            DataTypes.ROW(
                DataTypes.FIELD("source", text),
                DataTypes.FIELD("reason", text),
                DataTypes.FIELD("raw", text),
                DataTypes.FIELD("raw_length", DataTypes.BIGINT()));
        break;
      default:
        payload = DataTypes.ROW(DataTypes.FIELD("event_id", text));
    }
    return (RowType)
        DataTypes.ROW(
                DataTypes.FIELD("record_type", text),
                DataTypes.FIELD("record_id", text),
                DataTypes.FIELD("schema_version", DataTypes.INT()),
                DataTypes.FIELD("event_time", text),
                DataTypes.FIELD(type, payload))
            .getLogicalType();
  }
}
