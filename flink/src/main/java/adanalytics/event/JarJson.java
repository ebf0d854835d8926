package adanalytics.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;

/** Definitions that the jar carries as JSON. */
public final class JarJson {
  private JarJson() {}

  /**
   * @param resource path in the jar, from its root
   * @return its content
   * @throws IllegalStateException when the jar lacks it, or it is not JSON
   */
  public static JsonNode read(String resource) {
    try (InputStream in = JarJson.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(
            "The jar lacks " + resource + ": build it with `nx run flink:build`");
      }
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new IllegalStateException("Cannot read " + resource, e);
    }
  }
}
