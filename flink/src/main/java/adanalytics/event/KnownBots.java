package adanalytics.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * User agents of crawlers and other programs that say what they are. The list is the data of the
 * npm package crawler-user-agents, which the jar carries: a regular expression each, searched for
 * anywhere in the user agent, case-sensitively, as that package does it.
 *
 * <p>A user agent is held against all expressions once and remembered, since traffic has few
 * different ones. Not thread-safe; one for each operator.
 */
public final class KnownBots {
  private static final String RESOURCE = "/known-bots/crawler-user-agents.json";

  /** Bounds the memory to a few MiB; what is forgotten is only judged anew. */
  private static final int REMEMBERED = 10_000;

  /** Real user agents are shorter; a producer's mistake must not fill the memory. */
  private static final int LONGEST_REMEMBERED = 512;

  private final List<Pattern> patterns;
  private final Map<String, Boolean> remembered =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
          return size() > REMEMBERED;
        }
      };

  private KnownBots(List<Pattern> patterns) {
    this.patterns = patterns;
  }

  /**
   * Compiles the list of the jar.
   *
   * @throws IllegalStateException when the jar does not carry it, or it is of another form
   */
  public static KnownBots ofTheJar() {
    try (InputStream in = KnownBots.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException(
            "The jar lacks " + RESOURCE + ": build it with `nx run flink:build`");
      }
      List<Pattern> patterns = new ArrayList<>();
      for (JsonNode bot : new ObjectMapper().readTree(in)) {
        patterns.add(Pattern.compile(bot.required("pattern").textValue()));
      }
      if (patterns.isEmpty()) {
        throw new IllegalStateException(RESOURCE + " lists no bot");
      }
      return new KnownBots(patterns);
    } catch (IOException | IllegalArgumentException e) {
      throw new IllegalStateException("Cannot read " + RESOURCE, e);
    }
  }

  /**
   * @param userAgent as it was sent; null when it was not
   */
  public boolean matches(String userAgent) {
    if (userAgent == null) {
      return false;
    }
    return userAgent.length() > LONGEST_REMEMBERED
        ? isListed(userAgent)
        : remembered.computeIfAbsent(userAgent, this::isListed);
  }

  private boolean isListed(String userAgent) {
    for (Pattern pattern : patterns) {
      if (pattern.matcher(userAgent).find()) {
        return true;
      }
    }
    return false;
  }
}
