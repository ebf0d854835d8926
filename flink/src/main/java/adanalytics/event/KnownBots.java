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
 * anywhere in the first {@value #SEARCHED} characters of the user agent, case-sensitively, as that
 * package does it.
 *
 * <p>Nearly all expressions are plain text, which is looked for all at once; and a user agent that
 * was judged is remembered, since traffic has few different ones. Not thread-safe; one for each
 * operator.
 */
public final class KnownBots {
  /**
   * Real user agents are shorter. A list with expressions like {@code a[\s\S]*b} takes the square
   * of the length, so that a single record of some megabytes would keep the job busy for hours.
   */
  static final int SEARCHED = 512;

  private static final String RESOURCE = "/known-bots/crawler-user-agents.json";

  /** Bounds the memory to a few MiB; what is forgotten is only judged anew. */
  private static final int REMEMBERED = 4_096;

  /** A character that means itself, or one after a backslash that then does. */
  private static final Pattern PLAIN_TEXT =
      Pattern.compile("(?:[^\\\\\\[\\](){}?*+|^$.]|\\\\[^A-Za-z0-9])+");

  private final Literals literals = new Literals();
  private final List<Pattern> patterns = new ArrayList<>();
  private final Map<String, Boolean> remembered =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
          return size() > REMEMBERED;
        }
      };

  /**
   * @param expressions the list
   */
  KnownBots(List<String> expressions) {
    for (String expression : expressions) {
      if (PLAIN_TEXT.matcher(expression).matches()) {
        literals.add(expression.replaceAll("\\\\(.)", "$1"));
      } else {
        // Else $ would match before a line break at the end, too, which it does not in the package.
        patterns.add(Pattern.compile(expression.replaceAll("(?<!\\\\)\\$", "\\\\z")));
      }
    }
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
      List<String> expressions = new ArrayList<>();
      for (JsonNode bot : new ObjectMapper().readTree(in)) {
        expressions.add(bot.required("pattern").textValue());
      }
      if (expressions.isEmpty()) {
        throw new IllegalStateException(RESOURCE + " lists no bot");
      }
      return new KnownBots(expressions);
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
    String searched = userAgent.length() > SEARCHED ? userAgent.substring(0, SEARCHED) : userAgent;
    return remembered.computeIfAbsent(searched, this::isListed);
  }

  private boolean isListed(String userAgent) {
    if (literals.anyIn(userAgent)) {
      return true;
    }
    for (Pattern pattern : patterns) {
      if (pattern.matcher(userAgent).find()) {
        return true;
      }
    }
    return false;
  }
}
