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
 * package does it. People that the list takes for bots are let through, see {@link LetThrough}.
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

  private static final String LIST = "/known-bots/crawler-user-agents.json";
  private static final String LET_THROUGH = "/known-bots/let-through.json";

  /** Bounds the memory to a few MiB; what is forgotten is judged again. */
  private static final int REMEMBERED = 4_096;

  /** A character that means itself, or one after a backslash that then does. */
  private static final Pattern PLAIN_TEXT =
      Pattern.compile("(?:[^\\\\\\[\\](){}?*+|^$.]|\\\\[^A-Za-z0-9])+");

  private final Literals literals = new Literals();
  private final List<Pattern> patterns = new ArrayList<>();

  /** By their text: expressions that are not the last word. */
  private final Map<String, Pattern> exceptional = new LinkedHashMap<>();

  private final LetThrough letThrough;
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
   * @param letThrough its exceptions
   */
  KnownBots(List<String> expressions, LetThrough letThrough) {
    this.letThrough = letThrough;
    for (String expression : expressions) {
      if (letThrough.concerns(expression)) {
        exceptional.put(expression, compile(expression));
      } else if (PLAIN_TEXT.matcher(expression).matches()) {
        literals.add(expression.replaceAll("\\\\(.)", "$1"));
      } else {
        patterns.add(compile(expression));
      }
    }
  }

  private static Pattern compile(String expression) {
    // Else $ would match before a line break at the end as well, which it does not in the package.
    return Pattern.compile(expression.replaceAll("(?<!\\\\)\\$", "\\\\z"));
  }

  /**
   * Compiles the list of the jar.
   *
   * @throws IllegalStateException when the jar does not carry it, or it is of another form
   */
  public static KnownBots ofTheJar() {
    List<String> expressions = new ArrayList<>();
    try {
      for (JsonNode bot : resource(LIST)) {
        expressions.add(bot.required("pattern").textValue());
      }
      if (expressions.isEmpty()) {
        throw new IllegalStateException(LIST + " must contain at least one bot");
      }
      return new KnownBots(expressions, new LetThrough(resource(LET_THROUGH)));
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException("Cannot read " + LIST + " or " + LET_THROUGH, e);
    }
  }

  private static JsonNode resource(String name) {
    try (InputStream in = KnownBots.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(
            "The jar lacks " + name + ": build it with `nx run flink:build`");
      }
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new IllegalStateException("Cannot read " + name, e);
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
    return remembered.computeIfAbsent(searched, this::isBot);
  }

  private boolean isBot(String userAgent) {
    if (literals.anyIn(userAgent)) {
      return true;
    }
    for (Pattern pattern : patterns) {
      if (pattern.matcher(userAgent).find()) {
        return true;
      }
    }
    for (Map.Entry<String, Pattern> listed : exceptional.entrySet()) {
      if (listed.getValue().matcher(userAgent).find()
          && !letThrough.letsThrough(listed.getKey(), userAgent)) {
        return true;
      }
    }
    return false;
  }
}
