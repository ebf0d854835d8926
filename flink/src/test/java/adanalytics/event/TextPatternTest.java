package adanalytics.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextPatternTest {
  private static final List<String> PIECES =
      List.of("a", "b", "Z", "7", ":", "-", "\\.", "[ab]", "[a-c7]", "[0-9A-Z]");

  private static final List<String> QUANTIFIERS =
      List.of("", "", "", "?", "*", "+", "{2}", "{0,1}", "{0,0}", "{1,2}");

  /** Few, because nested repetitions take the library exponential time. */
  private static final List<String> OF_GROUPS = List.of("", "?", "{2}", "{0,1}");

  /** Every pattern with which the parser checks text from outside: none may backtrack. */
  @ParameterizedTest
  @ValueSource(strings = {"impression", "click"})
  void isFastForEveryPatternOfTheSchema(String event) throws IOException {
    JsonNode schema =
        new ObjectMapper().readTree(getClass().getResource("/schemas/" + event + ".schema.json"));
    List<String> patterns = schema.findValuesAsText("pattern");
    assertThat(patterns).isNotEmpty();
    assertThat(patterns).allMatch(pattern -> new TextPattern(pattern).isFast());
  }

  /** Shorter forms of these patterns. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "^(?:[^\\ud800-\\udfff]*)(?![\\s\\S])",
        "^(?:[A-Z]{2})(?![\\s\\S])",
        "^(?:(?:19[7-9][0-9]|[2-9][0-9]{3})-[0-9]T\\.Z)(?![\\s\\S])",
        "^(?:(?:(?:[0-9a-fA-F]{1,4}:){0,1}[0-9a-fA-F]{1,4})?::)(?![\\s\\S])"
      })
  void isFastForPatternsOfTheSchemas(String expression) {
    assertThat(new TextPattern(expression).isFast()).isTrue();
  }

  /** The automaton library interprets each of these differently, or does not support it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "^a$",
        "^(?:a)",
        "^(?:)(?![\\s\\S])",
        "^(?:a|)(?![\\s\\S])",
        "^(?:|a)(?![\\s\\S])",
        "^(?:b(?:a||b))(?![\\s\\S])",
        "^(?:b(?:))(?![\\s\\S])",
        "^(?:a?+)(?![\\s\\S])",
        "^(?:a{2}{3})(?![\\s\\S])",
        "^(?:a{2,})(?![\\s\\S])",
        "^(?:(a))(?![\\s\\S])",
        "^(?:(?=a)a)(?![\\s\\S])",
        "^(?:\\d)(?![\\s\\S])",
        "^(?:[^a])(?![\\s\\S])",
        "^(?:[a-])(?![\\s\\S])",
        "^(?:.)(?![\\s\\S])",
        "^(?:\"a\")(?![\\s\\S])",
        "^(?:\u00E9)(?![\\s\\S])",
        "^(?:[a[b]]*)(?![\\s\\S])",
        "^(?:[a-z&&[b]]*)(?![\\s\\S])"
      })
  void leavesAnyOtherExpressionToJava(String expression) {
    assertThat(new TextPattern(expression).isFast()).isFalse();
  }

  @Property(tries = 300)
  void findsWhatJavaFinds(@ForAll Random random) {
    String expression = "^(?:" + alternatives(random, 1) + ")(?![\\s\\S])";
    TextPattern pattern = new TextPattern(expression);
    assertThat(pattern.isFast()).isTrue();

    for (int i = 0; i < 20; i++) {
      String text = text(random, "abcZ7:-.\n\u00E9");
      boolean expected = Pattern.compile(expression).matcher(text).find();
      assertThat(pattern.isIn(text)).as(expression + " in " + text).isEqualTo(expected);
    }
  }

  @Property(tries = 300)
  void findsWhatJavaFindsOfAClass(@ForAll Random random) {
    String expression = "^(?:[^b-y\\ud800-\\udfff\\n]*)(?![\\s\\S])";
    TextPattern pattern = new TextPattern(expression);

    for (int i = 0; i < 20; i++) {
      String text = text(random, "aaaazzb\n\u00E9\uD83D\uDE00");
      boolean expected = Pattern.compile(expression).matcher(text).find();
      assertThat(pattern.isIn(text)).as(text).isEqualTo(expected);
    }
  }

  private static String alternatives(Random random, int depth) {
    List<String> alternatives = new ArrayList<>();
    for (int count = random.nextInt(3); count >= 0; count--) {
      StringBuilder sequence = new StringBuilder();
      for (int pieces = random.nextInt(3); pieces >= 0; pieces--) {
        boolean group = depth > 0 && random.nextInt(3) == 0;
        sequence.append(
            group
                ? "(?:" + alternatives(random, depth - 1) + ")" + oneOf(random, OF_GROUPS)
                : oneOf(random, PIECES) + oneOf(random, QUANTIFIERS));
      }
      alternatives.add(sequence.toString());
    }
    return String.join("|", alternatives);
  }

  private static String text(Random random, String units) {
    StringBuilder text = new StringBuilder();
    for (int length = random.nextInt(8); length > 0; length--) {
      text.append(units.charAt(random.nextInt(units.length())));
    }
    return text.toString();
  }

  private static String oneOf(Random random, List<String> values) {
    return values.get(random.nextInt(values.size()));
  }
}
