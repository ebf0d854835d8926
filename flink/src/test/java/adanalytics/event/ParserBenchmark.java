package adanalytics.event;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Measures the cost of parsing an event: the streaming parser and the parser with a schema
 * validator take turns on the same bytes. It measures the CPU time of its thread, so that other
 * work on the machine has little influence. Run it with {@code npx nx run flink:bench-parser};
 * arguments are a file of impressions and one of clicks, as the generator writes them, instead of
 * the built-in records.
 */
public final class ParserBenchmark {
  private static final int RECORDS = 10_000;
  private static final int ROUNDS = 12;
  private static final long ARRIVAL = 253_402_300_799_999L;

  private static final com.sun.management.ThreadMXBean THREAD =
      (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** A result of the work. If it were unused, the compiler could remove the work. */
  private static long sum;

  private ParserBenchmark() {}

  /**
   * @param args none, or the files
   */
  public static void main(String[] args) throws IOException {
    boolean files = args.length == 2;
    measure(
        "impressions",
        files ? lines(args[0]) : impressions(),
        SchemaValidatingParser.ofImpressions(0)::parse,
        EventParser.ofImpressions(0)::parse);
    measure(
        "clicks",
        files ? lines(args[1]) : clicks(),
        SchemaValidatingParser.ofClicks(0)::parse,
        EventParser.ofClicks(0)::parse);
    System.out.println("(" + sum + " events accepted)");
  }

  private interface Parser {
    InputRecord<?> parse(byte[] data, long arrivalTime);
  }

  private static void measure(String what, List<byte[]> records, Parser before, Parser after) {
    long bytes = records.stream().mapToLong(data -> data.length).sum();
    System.out.printf("%s: %d records of %d bytes%n", what, records.size(), bytes / records.size());
    Map<String, Parser> parsers = new LinkedHashMap<>();
    parsers.put("tree and schema validator", before);
    parsers.put("stream", after);
    Map<String, double[]> best = new LinkedHashMap<>();
    for (int round = 0; round < ROUNDS; round++) {
      parsers.forEach(
          (name, parser) -> {
            double[] costs = costs(records, data -> accept(parser.parse(data, ARRIVAL)));
            best.merge(name, costs, (a, b) -> a[0] <= b[0] ? a : b);
          });
    }
    best.forEach(
        (name, costs) ->
            System.out.printf("  %-26s %7.2f us  %7.0f bytes%n", name, costs[0], costs[1]));
    double ratio = best.get("tree and schema validator")[0] / best.get("stream")[0];
    System.out.printf("  %-26s %7.1f%n", "ratio", ratio);
  }

  private static void accept(InputRecord<?> record) {
    if (!record.isRejected()) {
      sum++;
    }
  }

  /** Microseconds of CPU, and bytes allocated, for each record. */
  private static double[] costs(List<byte[]> records, Consumer<byte[]> work) {
    long id = Thread.currentThread().getId();
    long allocated = THREAD.getThreadAllocatedBytes(id);
    long start = THREAD.getCurrentThreadCpuTime();
    records.forEach(work);
    long time = THREAD.getCurrentThreadCpuTime() - start;
    return new double[] {
      time / 1e3 / records.size(),
      (double) (THREAD.getThreadAllocatedBytes(id) - allocated) / records.size()
    };
  }

  private static List<byte[]> lines(String file) throws IOException {
    List<byte[]> records = new ArrayList<>();
    for (String line : Files.readAllLines(Path.of(file), StandardCharsets.ISO_8859_1)) {
      if (records.size() < RECORDS) {
        records.add(line.getBytes(StandardCharsets.ISO_8859_1));
      }
    }
    return records;
  }

  /** Records with the length and number of fields of the generator's records. */
  private static List<byte[]> impressions() {
    List<byte[]> records = new ArrayList<>();
    Random random = new Random(1);
    for (int i = 0; i < RECORDS; i++) {
      records.add(
          bytes(
              String.format(
                  "{%s,\"cost_micros\":%d,\"width\":300,\"height\":250}",
                  common(random), random.nextInt(5_000))));
    }
    return records;
  }

  private static List<byte[]> clicks() {
    List<byte[]> records = new ArrayList<>();
    Random random = new Random(2);
    for (int i = 0; i < RECORDS; i++) {
      records.add(bytes(String.format("{\"click_id\":\"%s\",%s}", id(random), common(random))));
    }
    return records;
  }

  private static String common(Random random) {
    int address = random.nextInt(1 << 16);
    return String.format(
        "\"impression_id\":\"%s\",\"event_time\":\"%s\",\"user_id\":\"user-%x\","
            + "\"campaign_id\":\"campaign-%d\",\"ad_id\":\"ad-%d\",\"publisher_id\":\"publisher-%d\","
            + "\"device_type\":\"mobile\",\"country\":\"%s\",\"ip\":\"%s\",\"user_agent\":\"%s\"",
        id(random),
        EventTime.format(1_795_000_000_000L + random.nextInt(600_000)),
        random.nextInt(100_000),
        random.nextInt(20),
        random.nextInt(80),
        random.nextInt(15),
        random.nextBoolean() ? "US" : "DE",
        random.nextBoolean()
            ? "10.173." + address / 256 + "." + address % 256
            : String.format("2001:db8:%x:4965::1", address),
        "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko)"
            + " SamsungBrowser/28.0 Chrome/13"
            + random.nextInt(10)
            + ".0.0.0 Mobile Safari/537.36");
  }

  private static String id(Random random) {
    return new UUID(random.nextLong(), random.nextLong()).toString();
  }

  private static byte[] bytes(String json) {
    return json.getBytes(StandardCharsets.UTF_8);
  }
}
