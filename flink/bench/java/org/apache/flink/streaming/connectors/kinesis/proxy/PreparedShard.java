package org.apache.flink.streaming.connectors.kinesis.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * For benchmarks only: the records of one shard (lines of a file, in memory), and how many were
 * read.
 */
final class PreparedShard {
  static final String ENDING = ".jsonl";

  /**
   * A sequence number of Kinesis has 56 digits; here the last digits are the position in the file.
   */
  private static final String FIRST_DIGITS = "4965".concat("0".repeat(42));

  private static final int LAST_DIGITS = 10;

  private final MappedByteBuffer lines;
  private final MappedByteBuffer progress;

  /**
   * @param input folder with a folder of each stream
   * @param name of stream and shard, with a slash between them
   */
  PreparedShard(Path input, String name) {
    Path counter = input.resolve("progress").resolve(name.replace('/', '-'));
    try {
      Files.createDirectories(counter.getParent());
      try (FileChannel file = FileChannel.open(input.resolve(name + ENDING));
          FileChannel count =
              FileChannel.open(
                  counter,
                  StandardOpenOption.CREATE,
                  StandardOpenOption.READ,
                  StandardOpenOption.WRITE)) {
        lines = file.map(FileChannel.MapMode.READ_ONLY, 0, file.size());
        progress = count.map(FileChannel.MapMode.READ_WRITE, 0, Long.BYTES);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int size() {
    return lines.limit();
  }

  /** The line at a position, without the line break. */
  ByteBuffer line(int place) {
    int end = place;
    while (lines.get(end) != '\n') {
      end++;
    }
    ByteBuffer line = lines.duplicate();
    line.position(place).limit(end);
    return line.slice();
  }

  /** Reports how many records the job has read. */
  void taken(long records) {
    progress.putLong(0, records);
  }

  static String sequenceNumber(int place) {
    String digits = Integer.toString(place);
    return FIRST_DIGITS + "0".repeat(LAST_DIGITS - digits.length()) + digits;
  }

  static int placeOf(String sequenceNumber) {
    return Integer.parseInt(sequenceNumber.substring(FIRST_DIGITS.length()));
  }

  int placeAfter(String sequenceNumber) {
    int place = placeOf(sequenceNumber);
    return place + line(place).remaining() + 1;
  }
}
