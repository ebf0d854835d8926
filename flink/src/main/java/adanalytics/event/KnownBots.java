package adanalytics.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Detects user agents of crawlers and other programs that identify themselves. The list is the data
 * of the npm package crawler-user-agents, packaged in the jar. Each entry is a regular expression,
 * which is searched for in the first {@value #MAX_SEARCHED_CHARS} characters of the user agent,
 * case-sensitively as in that package. {@link KnownBotExceptions} excludes user agents of people
 * that the list matches.
 *
 * <p>Nearly all expressions are plain text; these are searched for in one pass. The results for
 * recent user agents are cached, because traffic has few different ones. Not thread-safe; one for
 * each operator.
 */
public final class KnownBots {
  /**
   * Real user agents are shorter. An expression like {@code a[\s\S]*b} takes quadratic time, so a
   * single record of some megabytes would keep the job busy for hours.
   */
  static final int MAX_SEARCHED_CHARS = 512;

  private static final String LIST = "/known-bots/crawler-user-agents.json";
  private static final String EXCEPTIONS = "/known-bots/exceptions.json";

  /** Limits the cache to a few MiB; a user agent that was removed is searched again. */
  private static final int REMEMBERED = 4_096;

  /** A literal character, or an escaped one. */
  private static final Pattern PLAIN_TEXT =
      Pattern.compile("(?:[^\\\\\\[\\](){}?*+|^$.]|\\\\[^A-Za-z0-9])+");

  private final Literals literals = new Literals();
  private final List<Pattern> patterns = new ArrayList<>();

  /** By their text: the expressions that have exceptions. */
  private final Map<String, Pattern> exceptional = new LinkedHashMap<>();

  private final KnownBotExceptions exceptions;
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
   * @param exceptions its exceptions
   */
  KnownBots(List<String> expressions, KnownBotExceptions exceptions) {
    this.exceptions = exceptions;
    for (String expression : expressions) {
      if (exceptions.concerns(expression)) {
        exceptional.put(expression, compile(expression));
      } else if (PLAIN_TEXT.matcher(expression).matches()) {
        literals.add(expression.replaceAll("\\\\(.)", "$1"));
      } else {
        patterns.add(compile(expression));
      }
    }
  }

  private static Pattern compile(String expression) {
    // Otherwise $ would also match before a line break at the end, unlike in the package.
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
      for (JsonNode bot : JarJson.read(LIST)) {
        expressions.add(bot.required("pattern").textValue());
      }
      if (expressions.isEmpty()) {
        throw new IllegalStateException(LIST + " must contain at least one bot");
      }
      return new KnownBots(expressions, new KnownBotExceptions(JarJson.read(EXCEPTIONS)));
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException("Cannot read " + LIST + " or " + EXCEPTIONS, e);
    }
  }

  /**
   * @param userAgent as it was sent; null when absent
   */
  public boolean matches(String userAgent) {
    if (userAgent == null) {
      return false;
    }
    String searched =
        userAgent.length() > MAX_SEARCHED_CHARS
            ? userAgent.substring(0, MAX_SEARCHED_CHARS)
            : userAgent;
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
          && !exceptions.exempts(listed.getKey(), userAgent)) {
        return true;
      }
    }
    return false;
  }
}
