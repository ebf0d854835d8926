package org.apache.flink.streaming.connectors.kinesis.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.kinesis.shaded.com.amazonaws.services.kinesis.model.GetRecordsResult;
import org.apache.flink.kinesis.shaded.com.amazonaws.services.kinesis.model.HashKeyRange;
import org.apache.flink.kinesis.shaded.com.amazonaws.services.kinesis.model.Record;
import org.apache.flink.kinesis.shaded.com.amazonaws.services.kinesis.model.SequenceNumberRange;
import org.apache.flink.kinesis.shaded.com.amazonaws.services.kinesis.model.Shard;
import org.apache.flink.streaming.connectors.kinesis.config.ConsumerConfigConstants;
import org.apache.flink.streaming.connectors.kinesis.model.StreamShardHandle;

/**
 * For benchmarks only: replaces the connector's class of the same name, and returns prepared
 * records instead of records from Kinesis. The rest of the job is as packaged.
 *
 * <p>The records of a shard are the lines of {@code input/<stream>/<shard>.jsonl} in the working
 * folder of the process. {@code input/progress/} contains the number of records that the job has
 * read.
 */
public class KinesisProxy implements KinesisProxyInterface {
  /** Records per call: few, so that the number of records read is nearly exact. */
  private static final int RECORDS_PER_CALL = 2_000;

  /** How long a call without records waits: the connector's default interval. */
  private static final long EMPTY_CALL_MILLIS = 200;

  private static final Path INPUT = Path.of("input");
  private static final Date ARRIVAL = new Date();
  private static final BigInteger HASH_KEYS = BigInteger.ONE.shiftLeft(128);
  private static final Map<String, PreparedShard> SHARDS = new ConcurrentHashMap<>();

  private KinesisProxy() {}

  /**
   * Called by the connector.
   *
   * @param properties of the consumer. Kinesis allows five calls a second for a shard, so the
   *     connector waits between calls; here no wait is needed
   */
  public static KinesisProxyInterface create(Properties properties) {
    properties.setProperty(ConsumerConfigConstants.SHARD_GETRECORDS_INTERVAL_MILLIS, "0");
    return new KinesisProxy();
  }

  @Override
  public String getShardIterator(StreamShardHandle shard, String type, Object marker) {
    String name = shard.getStreamName() + "/" + shard.getShard().getShardId();
    long from;
    switch (type) {
      case "TRIM_HORIZON":
        from = 0;
        break;
      case "AT_SEQUENCE_NUMBER":
        from = PreparedShard.placeOf((String) marker);
        break;
      case "AFTER_SEQUENCE_NUMBER":
        from = shard(name).placeAfter((String) marker);
        break;
      default:
        throw new UnsupportedOperationException(type);
    }
    return name + "/" + from + "/0";
  }

  @Override
  public GetRecordsResult getRecords(String iterator, int limit) throws InterruptedException {
    String[] parts = iterator.split("/");
    String name = parts[0] + "/" + parts[1];
    PreparedShard shard = shard(name);
    long taken = Long.parseLong(parts[3]);
    // The connector calls again when the job has read all records of the last response.
    shard.taken(taken);
    List<Record> records = new ArrayList<>(RECORDS_PER_CALL);
    int place = Integer.parseInt(parts[2]);
    while (records.size() < RECORDS_PER_CALL && place < shard.size()) {
      ByteBuffer line = shard.line(place);
      records.add(
          new Record()
              .withSequenceNumber(PreparedShard.sequenceNumber(place))
              .withApproximateArrivalTimestamp(ARRIVAL)
              .withPartitionKey("-")
              .withData(line));
      place += line.remaining() + 1;
    }
    if (records.isEmpty()) {
      // Calls for a shard that was read to its end must not keep a core busy.
      Thread.sleep(EMPTY_CALL_MILLIS);
    }
    return new GetRecordsResult()
        .withRecords(records)
        .withMillisBehindLatest(place < shard.size() ? 1_000L : 0L)
        .withNextShardIterator(name + "/" + place + "/" + (taken + records.size()));
  }

  @Override
  public GetShardListResult getShardList(Map<String, String> lastSeenShardIds) {
    GetShardListResult result = new GetShardListResult();
    lastSeenShardIds.forEach(
        (stream, lastSeen) -> {
          List<String> ids = shardsOf(stream);
          for (int i = 0; i < ids.size(); i++) {
            if (lastSeen == null || ids.get(i).compareTo(lastSeen) > 0) {
              result.addRetrievedShardToStream(
                  stream, new StreamShardHandle(stream, describe(ids.get(i), i, ids.size())));
            }
          }
        });
    return result;
  }

  private static PreparedShard shard(String name) {
    return SHARDS.computeIfAbsent(name, n -> new PreparedShard(INPUT, n));
  }

  private static List<String> shardsOf(String stream) {
    try (Stream<Path> files = Files.list(INPUT.resolve(stream))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith(PreparedShard.ENDING))
          .map(file -> file.substring(0, file.length() - PreparedShard.ENDING.length()))
          .sorted()
          .collect(Collectors.toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Shard describe(String id, int index, int count) {
    BigInteger width = HASH_KEYS.divide(BigInteger.valueOf(count));
    BigInteger start = width.multiply(BigInteger.valueOf(index));
    return new Shard()
        .withShardId(id)
        .withHashKeyRange(
            new HashKeyRange()
                .withStartingHashKey(start.toString())
                .withEndingHashKey(start.add(width).subtract(BigInteger.ONE).toString()))
        .withSequenceNumberRange(
            new SequenceNumberRange().withStartingSequenceNumber(PreparedShard.sequenceNumber(0)));
  }
}
