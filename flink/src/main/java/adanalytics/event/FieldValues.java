package adanalytics.event;

import java.util.Arrays;

/**
 * The values of the fields of one record, by the number that {@link EventSchema} gives a field. One
 * instance serves all records of a parser: nothing is allocated for a record but its texts.
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

  /** Makes all fields absent. */
  void clear() {
    Arrays.fill(kinds, JsonKind.ABSENT);
    Arrays.fill(texts, null);
  }

  /** Sets a value of which only the kind counts. A field that is set again holds the last value. */
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

  /** Of any use only where the kind is numeric. */
  double number(int field) {
    return numbers[field];
  }

  /** The number without its decimals; null unless the value is a number. */
  Long whole(int field) {
    return kinds[field].isNumeric() ? (Long) (long) numbers[field] : null;
  }
}
