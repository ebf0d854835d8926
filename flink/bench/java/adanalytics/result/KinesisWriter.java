package adanalytics.result;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.kinesis.shaded.software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import org.apache.flink.kinesis.shaded.software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import org.apache.flink.kinesis.shaded.software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;

/**
 * For benchmarks only: replaces the job's class of the same name. It discards every result. If the
 * working folder of the process contains a folder {@code results}, it writes each result there as a
 * line.
 */
final class KinesisWriter implements AutoCloseable {
  private static final Path RESULTS = Path.of("results");
  private static final PutRecordsResultEntry TAKEN =
      PutRecordsResultEntry.builder().sequenceNumber("1").shardId("discarded").build();

  private final String stream;
  private final OutputStream kept;

  KinesisWriter(String stream, Properties options) {
    this.stream = stream;
    this.kept = Files.isDirectory(RESULTS) ? open() : null;
  }

  private static OutputStream open() {
    try {
      return new BufferedOutputStream(
          Files.newOutputStream(RESULTS.resolve(UUID.randomUUID() + ".jsonl")), 1 << 16);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String stream() {
    return stream;
  }

  CompletableFuture<PutRecordsResponse> put(List<PutRecordsRequestEntry> entries) {
    if (kept != null) {
      try {
        for (PutRecordsRequestEntry entry : entries) {
          kept.write(entry.data().asByteArrayUnsafe());
          kept.write('\n');
        }
      } catch (IOException e) {
        return CompletableFuture.failedFuture(e);
      }
    }
    return CompletableFuture.completedFuture(
        PutRecordsResponse.builder()
            .failedRecordCount(0)
            .records(Collections.nCopies(entries.size(), TAKEN))
            .build());
  }

  @Override
  public void close() {
    if (kept != null) {
      try {
        kept.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
