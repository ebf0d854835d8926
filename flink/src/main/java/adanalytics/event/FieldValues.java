package adanalytics.event;

import java.util.Arrays;

/**
 * The values of the fields of one record, by the index that {@link EventSchema} assigns. A parser
 * reuses one instance for all records, so it allocates only the texts of a record.
 */
final class FieldValues {
  private final JsonKind[] kinds;
  private final String[] texts;
  private final double[] numbers;

  FieldValues(int fields) {
    kinds = new JsonKind[fields];
    texts = new String[fields];
    numbers = new double[fields];
    clear();
  }

  /** Marks all fields as absent. */
  void clear() {
    Arrays.fill(kinds, JsonKind.ABSENT);
    Arrays.fill(texts, null);
  }

  /**
   * Sets a value of which only the kind is kept. If a field is set twice, the last value counts.
   */
  void set(int field, JsonKind kind) {
    kinds[field] = kind;
    texts[field] = null;
  }

  void setText(int field, String text) {
    kinds[field] = JsonKind.STRING;
    texts[field] = text;
  }

  void setNumber(int field, double number) {
    set(field, JsonKind.ofNumber(number));
    numbers[field] = number;
  }

  JsonKind kind(int field) {
    return kinds[field];
  }

  /** Null unless the value is a string. */
  String text(int field) {
    return texts[field];
  }

  /** Valid only where the kind is numeric. */
  double number(int field) {
    return numbers[field];
  }

  /** The number without its decimals; null unless the value is a number. */
  Long whole(int field) {
    return kinds[field].isNumeric() ? (Long) (long) numbers[field] : null;
  }
}
