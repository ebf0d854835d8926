package adanalytics.privacy;

import adanalytics.event.JarJson;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which fields of a type of result hold personal data, and which its record_id is made of. The
 * definitions are in libs/event-schemas, and the jar carries them.
 */
final class PersonalFields {
  private static final String RESOURCE = "/schemas/personal-fields.json";

  /** What a field holds. */
  enum Kind {
    /** The id of a user. */
    USER,
    /** An address. */
    ADDRESS,
    /** A user or an address or another actor: the field actor_type says which. */
    ACTOR,
    /** The bytes of an input record. */
    RECORD,
    /** Words about an input record, which may quote it. */
    REASON
  }

  /** What the fields hold, by name; the others hold no personal data. */
  final Map<String, Kind> kinds;

  /** The fields that the record_id is made of; empty when it is a position in a stream. */
  final List<String> ofRecordId;

  private PersonalFields(Map<String, Kind> kinds, List<String> ofRecordId) {
    this.kinds = kinds;
    this.ofRecordId = ofRecordId;
  }

  /**
   * @param type of the results
   * @throws IllegalStateException when the jar lacks the definitions, or does not know the type:
   *     its results could hold personal data
   */
  static PersonalFields of(String type) {
    JsonNode definition = JarJson.read(RESOURCE).get(type);
    if (definition == null) {
      throw new IllegalStateException(RESOURCE + " does not have the result " + type);
    }
    Map<String, Kind> kinds = new HashMap<>();
    definition
        .get("fields")
        .fields()
        .forEachRemaining(
            field -> kinds.put(field.getKey(), Kind.valueOf(field.getValue().asText())));
    List<String> ofRecordId = new ArrayList<>();
    definition.get("recordId").forEach(field -> ofRecordId.add(field.asText()));
    return new PersonalFields(kinds, ofRecordId);
  }
}
