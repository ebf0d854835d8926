package adanalytics.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class KnownBotsTest {
  private final KnownBots knownBots = KnownBots.ofTheJar();

  /** The list names real user agents of each bot: Java reads its expressions as they are meant. */
  @Test
  void knowsEveryExampleOfTheListThatIsNotLetThrough() throws IOException {
    LetThrough letThrough = new LetThrough(resource("let-through.json"));
    List<String> examples = new ArrayList<>();
    for (JsonNode bot : resource("crawler-user-agents.json")) {
      for (JsonNode instance : bot.path("instances")) {
        if (!letThrough.letsThrough(bot.get("pattern").textValue(), instance.textValue())) {
          examples.add(instance.textValue());
        }
      }
    }

    assertThat(examples).hasSizeGreaterThan(1_000).allMatch(knownBots::matches);
  }

  @Test
  void letsPeopleThroughAndNotWhatLooksLikeThem() throws IOException {
    List<String> listed = new ArrayList<>();
    resource("crawler-user-agents.json").forEach(bot -> listed.add(bot.get("pattern").textValue()));
    KnownBots withoutExceptions =
        new KnownBots(listed, new LetThrough(new ObjectMapper().createArrayNode()));
    for (JsonNode entry : resource("let-through.json")) {
      assertThat(listed).contains(entry.get("listed").textValue());
      assertThat(texts(entry.get("people")))
          .isNotEmpty()
          .allMatch(withoutExceptions::matches)
          .noneMatch(knownBots::matches);
      assertThat(texts(entry.get("bots"))).isNotEmpty().allMatch(knownBots::matches);
    }
  }

  private static JsonNode resource(String name) throws IOException {
    try (InputStream in = KnownBotsTest.class.getResourceAsStream("/known-bots/" + name)) {
      return new ObjectMapper().readTree(in);
    }
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.textValue()));
    return texts;
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
            + " Chrome/138.0.0.0 Safari/537.36",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like"
            + " Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
        "Mozilla/5.0 (Linux; Android 13; CUBOT X70) AppleWebKit/537.36 (KHTML, like Gecko)"
            + " Chrome/128.0 Mobile Safari/537.36",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like"
            + " Gecko) Mobile/15E148 [FBAN/FBIOS;FBAV/470.0.0.0;FBDV/iPhone15,2]",
        // The list is case-sensitive.
        "SCRAPY/2.12.0"
      })
  void knowsNoOther(String userAgent) {
    assertThat(knownBots.matches(userAgent)).isFalse();
  }

  @Test
  void findsABotAnywhereAndEverAgain() {
    String userAgent = "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)";

    assertThat(knownBots.matches(userAgent)).isTrue();
    assertThat(knownBots.matches(userAgent)).isTrue();
    assertThat(knownBots.matches("x".repeat(400) + userAgent)).isTrue();
  }

  /** What is searched is bounded, for no one's user agent may keep the job busy. */
  @Test
  void looksAtTheBeginningOnly() {
    String end = "Googlebot/";
    String before = "x".repeat(KnownBots.SEARCHED - end.length());

    assertThat(knownBots.matches(before + end)).isTrue();
    assertThat(knownBots.matches("x" + before + end)).isFalse();
    assertThat(knownBots.matches("ContextualBot".repeat(700_000))).isFalse();
  }

  /** As the package's own regular expressions do, which are JavaScript's. */
  @Test
  void theEndIsTheEndAndNotALineBreakBeforeIt() {
    assertThat(knownBots.matches("SSL Labs")).isTrue();
    assertThat(knownBots.matches("SSL Labs\n")).isFalse();
    assertThat(knownBots.matches("SSL Labs ")).isFalse();
  }

  @Test
  void plainTextIsFoundAsTheExpressionIs() {
    KnownBots few =
        new KnownBots(
            List.of("a\\.b\\/c", "xy", "\\(q\\)+", "abcdefg", "abcdeX"),
            new LetThrough(new ObjectMapper().createArrayNode()));

    assertThat(few.matches("-a.b/c-")).isTrue();
    assertThat(few.matches("-aXb/c-")).isFalse();
    assertThat(few.matches("xy")).isTrue();
    assertThat(few.matches("(q))")).isTrue();
    assertThat(few.matches("abcdef abcdeX")).isTrue();
    assertThat(few.matches("abcdef abcde")).isFalse();
    assertThat(few.matches("")).isFalse();
  }

  /** More than are remembered: what is forgotten is judged again, the same. */
  @Test
  void judgesMoreUserAgentsThanItRemembers() {
    for (int i = 0; i < 12_000; i++) {
      assertThat(knownBots.matches("Mozilla/5.0 (" + i + ")")).isFalse();
    }

    assertThat(knownBots.matches("Mozilla/5.0 (0)")).isFalse();
  }
}
