package adanalytics.event;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Coverage-guided fuzzing of the parser with Jazzer; the README of flink says how. A test run tries
 * only the fixtures of the contract and the corpus in src/test/resources.
 */
@Timeout(60)
class EventParserFuzzTest {
  private static final ParserInvariants<Impression> IMPRESSIONS = ParserInvariants.ofImpressions();
  private static final ParserInvariants<Click> CLICKS = ParserInvariants.ofClicks();

  @MethodSource("impressionFixtures")
  @FuzzTest
  void impressions(byte[] record) throws IOException {
    IMPRESSIONS.check(record);
  }

  @MethodSource("clickFixtures")
  @FuzzTest
  void clicks(byte[] record) throws IOException {
    CLICKS.check(record);
  }

  static List<byte[]> impressionFixtures() throws IOException {
    return Fixtures.allBytes(EventKind.IMPRESSION);
  }

  static List<byte[]> clickFixtures() throws IOException {
    return Fixtures.allBytes(EventKind.CLICK);
  }
}
