package adanalytics.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

class PendingClicksProperties {
  private static final long START = 1_717_408_800_000L;

  /** Each step adds a burst of clicks around a time, then the watermark may advance. */
  private static final class Step {
    private final int clicks;
    private final long time;
    private final boolean advances;

    Step(int clicks, long time, boolean advances) {
      this.clicks = clicks;
      this.time = time;
      this.advances = advances;
    }

    @Override
    public String toString() {
      return clicks + " clicks, " + time + " ms" + (advances ? ", watermark advances" : "");
    }
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Integer> clicks =
        Arbitraries.frequencyOf(
            Tuple.of(4, Arbitraries.integers().between(0, 5)),
            Tuple.of(1, Arbitraries.integers().between(0, 3 * PendingClicks.MAX_ALWAYS_DECODED)));
    return Combinators.combine(
            clicks, Arbitraries.longs().between(0, 60_000), Arbitraries.of(true, false))
        .as(Step::new)
        .list()
        .ofMaxSize(30);
  }

  @Property(tries = 300)
  void areTakenInOrderAndOnceThroughTheEncodedState(@ForAll("steps") List<Step> steps)
      throws IOException {
    PendingClicks pending = new PendingClicks();
    List<Long> expected = new ArrayList<>();
    long watermark = START;
    for (Step step : steps) {
      for (int i = 0; i < step.clicks; i++) {
        long time = watermark + 1 + (step.time + 7_919L * i) % 60_000;
        pending.add(time);
        expected.add(time);
      }
      if (step.advances) {
        watermark += step.time;
      }
      long upTo = watermark;
      List<Long> taken = new ArrayList<>();
      pending.takeUpTo(upTo, taken::add);
      expected.sort(null);
      List<Long> due = expected.stream().filter(time -> time <= upTo).collect(Collectors.toList());
      assertThat(taken).isEqualTo(due);
      expected.removeIf(time -> time <= upTo);
      pending = copy(pending);
    }
    List<Long> rest = new ArrayList<>();
    pending.takeUpTo(Long.MAX_VALUE, rest::add);
    expected.sort(null);
    assertThat(rest).isEqualTo(expected);
  }

  private static PendingClicks copy(PendingClicks pending) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    pending.write(out);
    out.writeByte(42);
    DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
    PendingClicks copy = PendingClicks.read(in);
    assertThat(in.readByte()).isEqualTo((byte) 42);
    return copy;
  }

  /** An address whose clicks are dated ahead must not slow down its subtask. */
  @Example
  void manyAreNotDecodedOrEncodedAtAnEvent() throws IOException {
    PendingClicks pending = new PendingClicks();
    for (int i = 0; i < 10_000; i++) {
      pending.add(START + 60_000 + i);
    }
    DataOutputSerializer first = new DataOutputSerializer(64);
    pending.write(first);
    CountedBytes in = new CountedBytes(first.getCopyOfBuffer());
    PendingClicks read = PendingClicks.read(in);
    read.takeUpTo(
        START,
        time -> {
          throw new AssertionError("no click is due");
        });
    read.add(START + 60_000);
    CountedOutput out = new CountedOutput();
    read.write(out);
    assertThat(in.bytes).isLessThan(100);
    assertThat(out.bytes).isLessThan(100);
  }

  /** Counts the bytes that are read one by one, as numbers are. */
  private static final class CountedBytes extends DataInputDeserializer {
    private int bytes;

    CountedBytes(byte[] content) {
      super(content);
    }

    @Override
    public byte readByte() throws IOException {
      bytes++;
      return super.readByte();
    }
  }

  /** Counts the bytes that are written one by one. */
  private static final class CountedOutput extends DataOutputSerializer {
    private int bytes;

    CountedOutput() {
      super(64);
    }

    @Override
    public void writeByte(int value) throws IOException {
      bytes++;
      super.writeByte(value);
    }
  }
}
