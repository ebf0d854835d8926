package adanalytics.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The fields of an event and their rules, compiled from the JSON Schema in the jar for speed. A
 * schema with a rule that the parser cannot check is rejected, so that a new rule of the contract
 * cannot be ignored silently.
 *
 * <p>Thread-safe.
 */
final class EventSchema {
  private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";

  private static final Set<String> ANNOTATIONS = Set.of("$id", "title", "description");

  private static final Map<EventKind, EventSchema> OF_THE_JAR = new ConcurrentHashMap<>();

  private final List<FieldRule> fields = new ArrayList<>();
  private final Map<String, Integer> numbers = new HashMap<>();
  private final boolean[] required;

  /**
   * @param schema of a record
   * @throws IllegalStateException when the schema has a keyword that the parser does not know
   */
  EventSchema(JsonNode schema) {
    for (String keyword : List.of("$schema", "type", "properties", "required")) {
      if (!schema.has(keyword)) {
        throw new IllegalStateException("The schema of a record must have \"" + keyword + "\"");
      }
    }
    for (Iterator<Map.Entry<String, JsonNode>> i = schema.fields(); i.hasNext(); ) {
      Map.Entry<String, JsonNode> keyword = i.next();
      if (!isKnown(keyword.getKey(), keyword.getValue())) {
        throw new IllegalStateException(
            String.format(
                "The schema of a record has \"%s\": %s, which the parser does not know",
                keyword.getKey(), keyword.getValue()));
      }
    }
    for (Iterator<Map.Entry<String, JsonNode>> i = schema.get("properties").fields();
        i.hasNext(); ) {
      Map.Entry<String, JsonNode> field = i.next();
      numbers.put(field.getKey(), fields.size());
      fields.add(new FieldRule(field.getKey(), field.getValue()));
    }
    required = new boolean[fields.size()];
    schema.get("required").forEach(name -> required[number(name.asText())] = true);
  }

  /**
   * @param kind of the events
   * @return the schema of the jar, read once: there is a parser for each shard
   * @throws IllegalStateException when the jar lacks it, or the parser does not know all of it
   */
  static EventSchema of(EventKind kind) {
    return OF_THE_JAR.computeIfAbsent(kind, EventSchema::read);
  }

  private static EventSchema read(EventKind kind) {
    return new EventSchema(JarJson.read("/schemas/" + kind.label() + ".schema.json"));
  }

  /** Number of fields that the schema defines. */
  int size() {
    return fields.size();
  }

  /** The names of the fields. */
  Set<String> names() {
    return numbers.keySet();
  }

  /** The index of a field, from 0; null when the schema does not define it. */
  Integer find(String name) {
    return numbers.get(name);
  }

  /**
   * @return whether all values of a field are strings or null
   * @throws IllegalStateException when the schema does not name it
   */
  boolean isText(String name) {
    return fields.get(number(name)).isText();
  }

  /**
   * @return the number of a field whose values are strings or null
   * @throws IllegalStateException when the schema does not name it, or allows other values
   */
  int text(String name) {
    int field = number(name);
    if (!fields.get(field).isText()) {
      throw new IllegalStateException("The schema of the field " + name + " must allow only text");
    }
    return field;
  }

  /**
   * @return the number of a field whose values are whole numbers or null
   * @throws IllegalStateException when the schema does not name it, or allows other values
   */
  int wholeNumber(String name) {
    int field = number(name);
    if (!fields.get(field).isWholeNumber()) {
      throw new IllegalStateException(
          "The schema of the field " + name + " must allow only whole numbers");
    }
    return field;
  }

  /**
   * Adds the problems of a record.
   *
   * @param record kind of the record's JSON value
   * @param values of its fields
   */
  void check(JsonKind record, FieldValues values, Problems problems) {
    if (record != JsonKind.OBJECT) {
      problems.add("record", record.label() + " found, object expected");
      return;
    }
    for (int field = 0; field < fields.size(); field++) {
      if (values.kind(field) != JsonKind.ABSENT) {
        fields.get(field).check(values, field, problems);
      } else if (required[field]) {
        String name = fields.get(field).name();
        problems.add(name, "required property '" + name + "' not found");
      }
    }
  }

  private int number(String name) {
    Integer field = numbers.get(name);
    if (field == null) {
      throw new IllegalStateException("The schema of a record does not name the field " + name);
    }
    return field;
  }

  private static boolean isKnown(String keyword, JsonNode value) {
    switch (keyword) {
      case "$schema":
        return DIALECT.equals(value.textValue());
      case "type":
        return "object".equals(value.textValue());
      case "properties":
        return value.isObject();
      case "required":
        return value.isArray();
      default:
        return ANNOTATIONS.contains(keyword);
    }
  }
}
