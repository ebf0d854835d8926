package adanalytics.source;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.kinesis.shaded.com.amazonaws.services.kinesis.model.GetRecordsResult;
import org.apache.flink.kinesis.shaded.com.amazonaws.services.kinesis.model.HashKeyRange;
import org.apache.flink.kinesis.shaded.com.amazonaws.services.kinesis.model.Record;
import org.apache.flink.kinesis.shaded.com.amazonaws.services.kinesis.model.ResourceNotFoundException;
import org.apache.flink.kinesis.shaded.com.amazonaws.services.kinesis.model.SequenceNumberRange;
import org.apache.flink.kinesis.shaded.com.amazonaws.services.kinesis.model.Shard;
import org.apache.flink.kinesis.shaded.com.amazonaws.services.kinesis.producer.protobuf.Messages;
import org.apache.flink.kinesis.shaded.com.google.protobuf.ByteString;
import org.apache.flink.streaming.connectors.kinesis.model.StreamShardHandle;
import org.apache.flink.streaming.connectors.kinesis.proxy.GetShardListResult;
import org.apache.flink.streaming.connectors.kinesis.proxy.KinesisProxyInterface;

/** Streams in memory, for all jobs in this JVM. Records are added in the order of the shard. */
final class FakeKinesis implements KinesisProxyInterface {
  /** A few, so that a backlog takes many polls. */
  private static final int RECORDS_PER_POLL = 7;

  private static final BigInteger HASH_KEYS = BigInteger.ONE.shiftLeft(128);

  /** Total for all subtasks: at intervals of 100 ms, half a second for two subtasks. */
  private static final int LISTINGS_WITHOUT_A_LATE_CHILD = 10;

  private static final Map<String, Map<String, FakeShard>> STREAMS = new ConcurrentHashMap<>();
  private static final Map<String, Runnable> BEFORE_LISTING = new ConcurrentHashMap<>();

  static KinesisProxyInterface create(Properties properties) {
    return new FakeKinesis();
  }

  /** Creates a stream whose shards have equal ranges of hash keys. */
  static void createStream(String stream, int shards) {
    STREAMS.put(stream, new LinkedHashMap<>());
    BigInteger width = HASH_KEYS.divide(BigInteger.valueOf(shards));
    for (int i = 0; i < shards; i++) {
      BigInteger start = width.multiply(BigInteger.valueOf(i));
      addShard(stream, start, start.add(width).subtract(BigInteger.ONE));
    }
  }

  private static String addShard(String stream, BigInteger firstHashKey, BigInteger lastHashKey) {
    Map<String, FakeShard> shards = STREAMS.get(stream);
    synchronized (shards) {
      String id = String.format("shardId-%012d", shards.size());
      shards.put(id, new FakeShard(firstHashKey, lastHashKey));
      return id;
    }
  }

  /** Reshards: closes a shard and returns the id of an open one that replaces it. */
  static String replaceShard(String stream, String shard) {
    FakeShard closed = STREAMS.get(stream).get(shard);
    String child = addShard(stream, closed.firstHashKey, closed.lastHashKey);
    closeShard(stream, shard);
    return child;
  }

  /**
   * Like {@link #replaceShard}, but the child is listed only some time after the parent was read to
   * its end.
   */
  static String replaceShardLate(String stream, String shard) {
    String child = replaceShard(stream, shard);
    STREAMS.get(stream).get(child).listedAfter = STREAMS.get(stream).get(shard);
    return child;
  }

  /** Closes a shard and returns the ids of two open ones, each with half of its hash keys. */
  static List<String> splitShard(String stream, String shard) {
    FakeShard closed = STREAMS.get(stream).get(shard);
    BigInteger middle = closed.firstHashKey.add(closed.lastHashKey).shiftRight(1);
    String lower = addShard(stream, closed.firstHashKey, middle);
    String upper = addShard(stream, middle.add(BigInteger.ONE), closed.lastHashKey);
    closeShard(stream, shard);
    return List.of(lower, upper);
  }

  /** Closes two neighbours and returns the id of an open one with the hash keys of both. */
  static String mergeShards(String stream, String lower, String upper) {
    FakeShard first = STREAMS.get(stream).get(lower);
    FakeShard second = STREAMS.get(stream).get(upper);
    if (!first.lastHashKey.add(BigInteger.ONE).equals(second.firstHashKey)) {
      throw new IllegalArgumentException(lower + " and " + upper + " are not neighbours");
    }
    String merged = addShard(stream, first.firstHashKey, second.lastHashKey);
    closeShard(stream, lower);
    closeShard(stream, upper);
    return merged;
  }

  /** Closes a shard after its current records. */
  static void closeShard(String stream, String shard) {
    FakeShard closed = STREAMS.get(stream).get(shard);
    synchronized (closed) {
      closed.open = false;
    }
  }

  /** Expires a shard: it is removed from the listing, and its records are not found. */
  static void expireShard(String stream, String shard) {
    STREAMS.get(stream).get(shard).expired = true;
    STREAMS.get(stream).get(shard).unlisted = true;
  }

  /** The same, but the listing of the shards still contains it. */
  static void expireListedShard(String stream, String shard) {
    STREAMS.get(stream).get(shard).expired = true;
  }

  /** Runs an action in the thread of each request for the list of all shards. */
  static void beforeListing(String stream, Runnable action) {
    BEFORE_LISTING.put(stream, action);
  }

  /** Runs an action in the thread of each request for an iterator of a shard. */
  static void beforeIterator(String stream, String shard, Runnable action) {
    STREAMS.get(stream).get(shard).beforeIterator = action;
  }

  static void deleteStream(String stream) {
    STREAMS.remove(stream);
  }

  static void put(String stream, String shard, String data, long arrivalTime) {
    put(stream, shard, data.getBytes(StandardCharsets.UTF_8), arrivalTime);
  }

  /** Puts one aggregated record, in the format of the Kinesis Producer Library. */
  static void putAggregated(String stream, String shard, List<String> parts, long arrivalTime)
      throws Exception {
    putAggregated(stream, shard, parts, arrivalTime, Keys.OF_THE_SHARD);
  }

  /** What the keys of an aggregated record are. */
  enum Keys {
    OF_THE_SHARD,
    OF_BOTH_SHARDS,
    OF_NO_ENTRY,
    OF_NO_NUMBER,
    WITH_WRONG_CHECKSUM
  }

  /** The same with a kind of keys; the first part always has a key of the shard. */
  static void putAggregated(
      String stream, String shard, List<String> parts, long arrivalTime, Keys keys)
      throws Exception {
    FakeShard target = STREAMS.get(stream).get(shard);
    Messages.AggregatedRecord.Builder message =
        Messages.AggregatedRecord.newBuilder()
            .addPartitionKeyTable("key")
            .addExplicitHashKeyTable(target.firstHashKey.toString())
            .addExplicitHashKeyTable(
                keys == Keys.OF_NO_NUMBER
                    ? "not a number"
                    : target.lastHashKey.add(BigInteger.ONE).toString());
    for (int i = 0; i < parts.size(); i++) {
      boolean other = i > 0 && keys != Keys.OF_THE_SHARD;
      message.addRecords(
          Messages.Record.newBuilder()
              .setPartitionKeyIndex(other && keys == Keys.OF_NO_ENTRY ? 7 : 0)
              .setExplicitHashKeyIndex(other ? 1 : 0)
              .setData(ByteString.copyFromUtf8(parts.get(i))));
    }
    byte[] record = AggregatedParts.signed(message.build().toByteArray());
    if (keys == Keys.WITH_WRONG_CHECKSUM) {
      record[record.length - 1]++;
    }
    put(stream, shard, record, arrivalTime);
  }

  /**
   * One record in the format of an aggregated record, with a correct checksum.
   *
   * @param message the bytes in the place of the protobuf message
   * @return the record's data
   */
  static byte[] putMessage(String stream, String shard, byte[] message, long arrivalTime)
      throws Exception {
    byte[] record = AggregatedParts.signed(message);
    put(stream, shard, record, arrivalTime);
    return record;
  }

  private static void put(String stream, String shard, byte[] data, long arrivalTime) {
    FakeShard target = STREAMS.get(stream).get(shard);
    synchronized (target) {
      target.records.add(
          new Record()
              .withSequenceNumber(Integer.toString(1_000 + target.records.size()))
              .withPartitionKey("key")
              .withApproximateArrivalTimestamp(new Date(arrivalTime))
              .withData(ByteBuffer.wrap(data)));
    }
  }

  @Override
  public String getShardIterator(StreamShardHandle shard, String type, Object marker) {
    String prefix = shard.getStreamName() + "/" + shard.getShard().getShardId() + "/";
    find(shard.getStreamName(), shard.getShard().getShardId()).beforeIterator.run();
    switch (type) {
      case "TRIM_HORIZON":
        return prefix + 0;
      case "AT_SEQUENCE_NUMBER":
        return prefix + (Integer.parseInt((String) marker) - 1_000);
      case "AFTER_SEQUENCE_NUMBER":
        return prefix + (Integer.parseInt((String) marker) - 999);
      default:
        throw new UnsupportedOperationException(type);
    }
  }

  @Override
  public GetRecordsResult getRecords(String iterator, int limit) {
    String[] parts = iterator.split("/");
    FakeShard shard = find(parts[0], parts[1]);
    synchronized (shard) {
      int from = Integer.parseInt(parts[2]);
      int to = Math.min(from + RECORDS_PER_POLL, shard.records.size());
      boolean atTip = to == shard.records.size();
      shard.readToItsEnd = atTip && !shard.open;
      List<Record> records = new ArrayList<>();
      for (Record record : shard.records.subList(from, to)) {
        records.add(record.clone().withData(record.getData().duplicate()));
      }
      return new GetRecordsResult()
          .withRecords(records)
          .withMillisBehindLatest(atTip ? 0L : 1_000L)
          .withNextShardIterator(
              atTip && !shard.open ? null : parts[0] + "/" + parts[1] + "/" + to);
    }
  }

  private static FakeShard find(String stream, String id) {
    if (!STREAMS.containsKey(stream)) {
      throw new ResourceNotFoundException("Stream " + stream + " not found");
    }
    FakeShard shard = STREAMS.get(stream).get(id);
    if (shard == null || shard.expired) {
      throw new ResourceNotFoundException(
          "Shard " + id + " in stream " + stream + " does not exist");
    }
    return shard;
  }

  @Override
  public GetShardListResult getShardList(Map<String, String> lastSeenShardIds) {
    GetShardListResult result = new GetShardListResult();
    lastSeenShardIds.forEach(
        (stream, lastSeen) -> {
          BEFORE_LISTING.getOrDefault(stream, () -> {}).run();
          Map<String, FakeShard> shards = STREAMS.get(stream);
          if (shards == null) {
            throw new ResourceNotFoundException("Stream " + stream + " not found");
          }
          synchronized (shards) {
            for (String id : shards.keySet()) {
              boolean unseen = lastSeen == null || id.compareTo(lastSeen) > 0;
              if (unseen && shards.get(id).isListed()) {
                result.addRetrievedShardToStream(
                    stream, new StreamShardHandle(stream, describe(id, shards.get(id))));
              }
            }
          }
        });
    return result;
  }

  private static Shard describe(String id, FakeShard shard) {
    return new Shard()
        .withShardId(id)
        .withHashKeyRange(
            new HashKeyRange()
                .withStartingHashKey(shard.firstHashKey.toString())
                .withEndingHashKey(shard.lastHashKey.toString()))
        .withSequenceNumberRange(
            new SequenceNumberRange()
                .withStartingSequenceNumber("1000")
                // In Kinesis, only a closed shard has an ending sequence number.
                .withEndingSequenceNumber(shard.open ? null : "9999"));
  }

  private static final class FakeShard {
    private final BigInteger firstHashKey;
    private final BigInteger lastHashKey;
    private final List<Record> records = new ArrayList<>();
    private boolean open = true;
    private volatile boolean readToItsEnd;
    private volatile boolean expired;
    private volatile boolean unlisted;
    private volatile Runnable beforeIterator = () -> {};
    private FakeShard listedAfter;
    private int listingsToGo = LISTINGS_WITHOUT_A_LATE_CHILD;

    FakeShard(BigInteger firstHashKey, BigInteger lastHashKey) {
      this.firstHashKey = firstHashKey;
      this.lastHashKey = lastHashKey;
    }

    private boolean isListed() {
      return !unlisted && (listedAfter == null || (listedAfter.readToItsEnd && --listingsToGo < 0));
    }
  }
}
