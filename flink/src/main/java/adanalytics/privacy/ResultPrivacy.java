package adanalytics.privacy;

import adanalytics.event.RejectReason;
import adanalytics.privacy.PersonalFields.Kind;
import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import java.util.StringJoiner;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.RowType;

/**
 * Changes the personal data of the rows of one result table, just before they are written as JSON:
 * the rules and the state before it work with the original values.
 *
 * <p>It computes the record_id again from the changed fields, because the original one contains the
 * original values. A record_id with an address gets a suffix: several addresses of a network can
 * break a rule in the same window, and their alerts must keep different ids.
 */
public final class ResultPrivacy implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Place of record_id in every result table. */
  private static final int RECORD_ID = 1;

  private static final String ACTOR_TYPE = "actor_type";
  private static final String USER_ACTOR = "user";
  private static final String ADDRESS_ACTOR = "ip";

  private final PrivacySettings settings;
  private final String checkValue;
  private final String type;
  private final RowData.FieldGetter[] columns;
  private final int payload;
  private final RowData.FieldGetter[] fields;
  private final Kind[] kinds;
  private final int actorType;

  /** Places of the fields that the record_id is made of; empty when it has no personal data. */
  private final int[] ofRecordId;

  private transient Pseudonyms pseudonyms;
  private transient RejectReason rejectReason;

  /**
   * @param type of the results, the name of their table
   * @param row its columns; the payload is in the one with the name of the type
   * @param settings how results change personal data
   * @return the changes; null when rows stay as they are
   * @throws PrivacyKeyException when the key cannot be used
   */
  public static ResultPrivacy of(String type, RowType row, PrivacySettings settings) {
    if (!settings.changesResults()) {
      return null;
    }
    PersonalFields personal = PersonalFields.of(type);
    String checkValue = PrivacyKey.checkValueOf(settings.key);
    return personal.kinds.isEmpty()
        ? null
        : new ResultPrivacy(type, row, personal, settings, checkValue);
  }

  private ResultPrivacy(
      String type,
      RowType row,
      PersonalFields personal,
      PrivacySettings settings,
      String checkValue) {
    this.type = type;
    this.settings = settings;
    this.checkValue = checkValue;
    columns = getters(row);
    payload = row.getFieldIndex(type);
    RowType content = (RowType) row.getTypeAt(payload);
    fields = getters(content);
    List<String> names = content.getFieldNames();
    if (!names.containsAll(personal.kinds.keySet())) {
      throw new IllegalStateException(
          "The table " + type + " lacks one of the fields " + personal.kinds.keySet());
    }
    kinds = new Kind[fields.length];
    for (int i = 0; i < kinds.length; i++) {
      kinds[i] = personal.kinds.get(names.get(i));
    }
    actorType = names.indexOf(ACTOR_TYPE);
    boolean idIsPersonal = !Collections.disjoint(personal.ofRecordId, personal.kinds.keySet());
    ofRecordId =
        idIsPersonal ? personal.ofRecordId.stream().mapToInt(names::indexOf).toArray() : new int[0];
  }

  private static RowData.FieldGetter[] getters(RowType row) {
    RowData.FieldGetter[] getters = new RowData.FieldGetter[row.getFieldCount()];
    for (int i = 0; i < getters.length; i++) {
      getters[i] = RowData.createFieldGetter(row.getTypeAt(i), i);
    }
    return getters;
  }

  /**
   * Reads the key. Must be called before the first row.
   *
   * @throws PrivacyKeyException when the key cannot be used, or is not the one that the job started
   *     with
   */
  public void open() {
    pseudonyms = new Pseudonyms(PrivacyKey.read(settings.key, checkValue));
    rejectReason = new RejectReason();
  }

  /**
   * @param row of the table; it stays as it is
   * @return a row with the changes
   */
  public RowData withoutPersonalData(RowData row) {
    RowData original = (RowData) columns[payload].getFieldOrNull(row);
    GenericRowData changed = new GenericRowData(fields.length);
    for (int i = 0; i < fields.length; i++) {
      Object value = fields[i].getFieldOrNull(original);
      changed.setField(i, value == null ? null : changed(kindOf(i, original), value));
    }
    GenericRowData result = new GenericRowData(row.getRowKind(), columns.length);
    for (int i = 0; i < columns.length; i++) {
      result.setField(i, i == payload ? changed : columns[i].getFieldOrNull(row));
    }
    if (ofRecordId.length > 0) {
      result.setField(RECORD_ID, StringData.fromString(recordId(original, changed)));
    }
    return result;
  }

  /** What a field of this row holds; null for no personal data. */
  private Kind kindOf(int field, RowData original) {
    if (kinds[field] != Kind.ACTOR) {
      return kinds[field];
    }
    String actor = original.getString(actorType).toString();
    return actor.equals(USER_ACTOR) ? Kind.USER : actor.equals(ADDRESS_ACTOR) ? Kind.ADDRESS : null;
  }

  private Object changed(Kind kind, Object value) {
    if (kind == null) {
      return value;
    }
    StringData text = (StringData) value;
    switch (kind) {
      case USER:
        return settings.userIdsAreHashed
            ? StringData.fromString(pseudonyms.ofUser(text.toBytes()))
            : text;
      case ADDRESS:
        return settings.addressesAreCut
            ? StringData.fromString(AddressNetwork.of(text.toString()))
            : text;
      case RECORD:
        return null;
      case REASON:
        return StringData.fromString(rejectReason.withoutValues(text.toString()));
      default:
        throw new IllegalStateException("A field holds " + kind);
    }
  }

  private String recordId(RowData original, RowData changed) {
    StringJoiner id = new StringJoiner(":").add(type);
    for (int field : ofRecordId) {
      id.add(changed.getString(field).toString());
      if (settings.addressesAreCut && kindOf(field, original) == Kind.ADDRESS) {
        id.add(pseudonyms.ofAddress(original.getString(field).toBytes()));
      }
    }
    return id.toString();
  }
}
