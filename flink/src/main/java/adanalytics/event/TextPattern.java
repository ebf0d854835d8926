package adanalytics.event;

import dk.brics.automaton.RegExp;
import dk.brics.automaton.RunAutomaton;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A regular expression of a JSON Schema. A simple expression that matches a whole text becomes a
 * finite automaton, which reads each character once. java.util.regex tries the alternatives of an
 * address one after the other, which takes longer than all other work for an event (3,100 ns for an
 * IPv6 address; the automaton takes 50 ns). Any other expression uses java.util.regex.
 *
 * <p>Thread-safe.
 */
final class TextPattern {
  private static final String START = "^(?:";

  /** Unlike $, it does not match before a line break at the end. */
  private static final String END = ")(?![\\s\\S])";

  /**
   * Supported: characters, classes of letters and digits, groups, alternatives, and single
   * quantifiers.
   */
  private static final Pattern PLAIN_TOKEN =
      Pattern.compile(
          "\\G(?:\\(\\?:|[|]"
              + "|(?:[A-Za-z0-9:-]|\\\\\\.|\\)|\\[(?:[A-Za-z0-9]-[A-Za-z0-9]|[A-Za-z0-9])+])"
              + "(?:[?*+]|\\{[0-9]+(?:,[0-9]+)?})?+(?![?*+{]))");

  private static final Pattern EMPTY_ALTERNATIVE =
      Pattern.compile("(?:^|\\||\\(\\?:)(?:$|\\||\\))");

  private static final Pattern ANY_NUMBER_OF_A_CLASS = Pattern.compile("\\[[^\\[\\]&]+]\\*");

  private static final int ASCII = 128;

  private final Pattern pattern;

  /** Whether each character may occur in the text. Null if java.util.regex is used. */
  private final boolean[] anywhere;

  /** Null for other expressions. */
  private final RunAutomaton automaton;

  /**
   * @param expression of the schema
   * @throws java.util.regex.PatternSyntaxException when Java cannot read it
   */
  TextPattern(String expression) {
    pattern = Pattern.compile(expression);
    boolean whole = expression.startsWith(START) && expression.endsWith(END);
    String inner =
        whole ? expression.substring(START.length(), expression.length() - END.length()) : null;
    anywhere = whole && ANY_NUMBER_OF_A_CLASS.matcher(inner).matches() ? table() : null;
    automaton = whole && isPlain(inner) ? automaton(inner) : null;
  }

  boolean isIn(String text) {
    if (automaton != null) {
      return automaton.run(text);
    }
    return anywhere != null && isOfTheTable(text) || pattern.matcher(text).find();
  }

  private boolean isOfTheTable(String text) {
    for (int i = 0; i < text.length(); i++) {
      char found = text.charAt(i);
      if (found >= ASCII || !anywhere[found]) {
        return false;
      }
    }
    return true;
  }

  private boolean[] table() {
    boolean[] accepted = new boolean[ASCII];
    for (char c = 0; c < ASCII; c++) {
      accepted[c] = pattern.matcher(String.valueOf(c)).find();
    }
    return accepted;
  }

  /** Whether java.util.regex is not needed for texts of ASCII. */
  boolean isFast() {
    return automaton != null || anywhere != null;
  }

  private static boolean isPlain(String expression) {
    if (EMPTY_ALTERNATIVE.matcher(expression).find()) {
      return false;
    }
    Matcher token = PLAIN_TOKEN.matcher(expression);
    int end = 0;
    while (token.find()) {
      end = token.end();
    }
    return end == expression.length();
  }

  /**
   * The automaton library supports only capturing groups; the kind of group does not matter here.
   */
  private static RunAutomaton automaton(String expression) {
    RegExp parsed = new RegExp(expression.replace("(?:", "("), RegExp.NONE);
    return new RunAutomaton(parsed.toAutomaton(), false);
  }

  /** The expression. */
  @Override
  public String toString() {
    return pattern.pattern();
  }
}
