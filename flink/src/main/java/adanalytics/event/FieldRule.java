package adanalytics.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The rules of the JSON Schema for one field, compiled to run for every event. Problems have the
 * wording of the library json-schema-validator; the tests compare this class with that library.
 */
final class FieldRule {
  /** Other kinds contain values, which the reader of records does not keep. */
  private static final Set<JsonKind> TYPES =
      EnumSet.of(
          JsonKind.STRING, JsonKind.INTEGER, JsonKind.NUMBER, JsonKind.BOOLEAN, JsonKind.NULL);

  private final String name;
  private final Set<JsonKind> types = EnumSet.noneOf(JsonKind.class);
  private String typesInWords;
  private Set<String> enumeration;
  private boolean enumeratesNull;
  private String enumerationInWords;
  private int minLength;
  private int maxLength = Integer.MAX_VALUE;
  private TextPattern pattern;
  private double minimum = Double.NEGATIVE_INFINITY;
  private double maximum = Double.POSITIVE_INFINITY;

  /**
   * @param name of the field
   * @param schema of its value
   * @throws IllegalStateException when the schema has a keyword, or a form of one, that this class
   *     does not know
   */
  FieldRule(String name, JsonNode schema) {
    this.name = name;
    Iterator<Map.Entry<String, JsonNode>> keywords = schema.fields();
    while (keywords.hasNext()) {
      Map.Entry<String, JsonNode> keyword = keywords.next();
      read(keyword.getKey(), keyword.getValue());
    }
    if (typesInWords == null) {
      throw new IllegalStateException("The schema of the field " + name + " lacks \"type\"");
    }
  }

  String name() {
    return name;
  }

  /** Whether only strings, or null, can be the value. */
  boolean isText() {
    return EnumSet.of(JsonKind.STRING, JsonKind.NULL).containsAll(types);
  }

  /** Whether only whole numbers, or null, can be the value. */
  boolean isWholeNumber() {
    return EnumSet.of(JsonKind.INTEGER, JsonKind.NULL).containsAll(types);
  }

  /** Adds what is wrong with the value of this field, which is not absent. */
  void check(FieldValues values, int field, Problems problems) {
    JsonKind kind = values.kind(field);
    if (!isOfType(kind, values.number(field))) {
      problems.add(name, kind.label() + " found, " + typesInWords + " expected");
    }
    if (enumeration != null && !isEnumerated(kind, values.text(field))) {
      problems.add(name, "does not have a value in the enumeration " + enumerationInWords);
    }
    if (kind == JsonKind.STRING) {
      checkText(values.text(field), problems);
    } else if (kind.isNumeric()) {
      checkNumber(values.number(field), problems);
    }
  }

  private boolean isOfType(JsonKind kind, double number) {
    if (types.contains(kind)) {
      return true;
    }
    // 1e300 is an integer, although a double cannot represent it exactly. Every integer is also a
    // number.
    return kind == JsonKind.NUMBER
            && types.contains(JsonKind.INTEGER)
            && number == Math.rint(number)
        || kind == JsonKind.INTEGER && types.contains(JsonKind.NUMBER);
  }

  private boolean isEnumerated(JsonKind kind, String text) {
    return kind == JsonKind.STRING
        ? enumeration.contains(text)
        : kind == JsonKind.NULL && enumeratesNull;
  }

  private void checkText(String text, Problems problems) {
    int units = text.length();
    // Code points are counted only for a text near a limit: each has one or two UTF-16 units.
    if (units < 2L * minLength && text.codePointCount(0, units) < minLength) {
      problems.add(name, "must be at least " + minLength + " characters long");
    }
    if (units > maxLength && text.codePointCount(0, units) > maxLength) {
      problems.add(name, "must be at most " + maxLength + " characters long");
    }
    if (pattern != null && !pattern.isIn(text)) {
      problems.add(name, "does not match the regex pattern " + pattern);
    }
  }

  private void checkNumber(double number, Problems problems) {
    if (number < minimum) {
      problems.add(name, "must have a minimum value of " + (long) minimum);
    }
    if (number > maximum) {
      problems.add(name, "must have a maximum value of " + (long) maximum);
    }
  }

  private void read(String keyword, JsonNode value) {
    switch (keyword) {
      case "title":
      case "description":
        break;
      case "type":
        readTypes(value);
        break;
      case "enum":
        readEnumeration(value);
        break;
      case "minLength":
        minLength = (int) wholeNumber(keyword, value, 0, Integer.MAX_VALUE);
        break;
      case "maxLength":
        maxLength = (int) wholeNumber(keyword, value, 0, Integer.MAX_VALUE);
        break;
      case "pattern":
        if (!value.isTextual()) {
          throw unknown(keyword, value);
        }
        pattern = new TextPattern(value.textValue());
        break;
      case "minimum":
        minimum = wholeNumber(keyword, value, -JsonKind.MAX_EXACT, JsonKind.MAX_EXACT);
        break;
      case "maximum":
        maximum = wholeNumber(keyword, value, -JsonKind.MAX_EXACT, JsonKind.MAX_EXACT);
        break;
      default:
        throw unknown(keyword, value);
    }
  }

  private void readTypes(JsonNode value) {
    List<String> words = new ArrayList<>();
    for (JsonNode word : value.isArray() ? value : List.of(value)) {
      JsonKind type =
          TYPES.stream()
              .filter(kind -> kind.label().equals(word.textValue()))
              .findFirst()
              .orElseThrow(() -> unknown("type", value));
      types.add(type);
      words.add(type.label());
    }
    typesInWords = value.isArray() ? "[" + String.join(", ", words) + "]" : words.get(0);
  }

  private void readEnumeration(JsonNode value) {
    enumeration = new HashSet<>();
    List<String> words = new ArrayList<>();
    for (JsonNode member : value) {
      if (member.isNull()) {
        enumeratesNull = true;
      } else if (member.isTextual()) {
        enumeration.add(member.textValue());
      } else {
        throw unknown("enum", value);
      }
      words.add(member.toString());
    }
    enumerationInWords = "[" + String.join(", ", words) + "]";
  }

  private long wholeNumber(String keyword, JsonNode value, long least, long greatest) {
    boolean known =
        value.isIntegralNumber()
            && value.canConvertToLong()
            && value.longValue() >= least
            && value.longValue() <= greatest;
    if (!known) {
      throw unknown(keyword, value);
    }
    return value.longValue();
  }

  private IllegalStateException unknown(String keyword, JsonNode value) {
    return new IllegalStateException(
        String.format(
            "The schema of the field %s has \"%s\": %s, which the parser does not know",
            name, keyword, value));
  }
}
