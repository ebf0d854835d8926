package adanalytics.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** The fixtures of libs/event-schemas. */
final class Fixtures {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Fixtures() {}

  /**
   * @param kind of the events
   * @param sort "valid" or "invalid"
   */
  static JsonNode read(EventKind kind, String sort) throws IOException {
    String resource = "/fixtures/" + kind.label() + "." + sort + ".json";
    try (InputStream in = Fixtures.class.getResourceAsStream(resource)) {
      JsonNode fixtures = JSON.readTree(in);
      assertThat(fixtures).isNotEmpty();
      return fixtures;
    }
  }

  /** The record as it is sent; a valid one may be spelled in another way than its event. */
  static byte[] bytesOf(JsonNode fixture) throws IOException {
    if (fixture.has("raw")) {
      return fixture.get("raw").textValue().getBytes(StandardCharsets.UTF_8);
    }
    return fixture.has("raw_base64")
        ? Base64.getDecoder().decode(fixture.get("raw_base64").textValue())
        : JSON.writeValueAsBytes(fixture.get("event"));
  }

  /** The bytes of all fixtures of a kind, valid ones first. */
  static List<byte[]> allBytes(EventKind kind) throws IOException {
    List<byte[]> all = new ArrayList<>();
    for (String sort : List.of("valid", "invalid")) {
      for (JsonNode fixture : read(kind, sort)) {
        all.add(bytesOf(fixture));
      }
    }
    return all;
  }
}
