package adanalytics.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.flink.connector.base.sink.writer.BufferedRequestState;
import org.apache.flink.connector.base.sink.writer.RequestEntryWrapper;
import org.apache.flink.connector.kinesis.sink.KinesisStreamsStateSerializer;
import org.apache.flink.kinesis.shaded.software.amazon.awssdk.core.SdkBytes;
import org.apache.flink.kinesis.shaded.software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import org.apache.flink.table.data.StringData;
import org.junit.jupiter.api.Test;

class PartitionKeyTest {
  /** More than one result: an error in reading the first one shifts the second. */
  private static final int BUFFERED = 2;

  private final PartitionKey keys = new PartitionKey();

  @Test
  void hashesTheRecordId() {
    // printf 'attributed_click:c1' | md5sum
    assertThat(keyOf("attributed_click:c1")).isEqualTo("5db6e71d46c6500185ee6fa98f765204");
  }

  @Property
  void isShortAsciiAndTheSameForTheSameId(@ForAll String id) {
    assertThat(keyOf(id)).matches("[0-9a-f]{32}").isEqualTo(new PartitionKeyTest().keyOf(id));
  }

  /** The connector's defect that makes the hash necessary. If this test fails, remove the hash. */
  @Test
  void theConnectorCannotRestoreABufferedKeyThatIsNotAscii() {
    assertThatThrownBy(() -> restored("attributed_click:用户-😀-été")).isInstanceOf(Exception.class);
  }

  @Property
  void aBufferedResultOfAnyIdIsRestored(@ForAll String id) throws Exception {
    String key = keyOf(id);

    assertThat(restored(key)).isEqualTo(key);
  }

  private String keyOf(String id) {
    return keys.of(StringData.fromString(id).toBytes());
  }

  /** The key of a buffered request after a checkpoint and a restore. */
  private static String restored(String key) throws Exception {
    KinesisStreamsStateSerializer serializer = new KinesisStreamsStateSerializer();
    PutRecordsRequestEntry entry =
        PutRecordsRequestEntry.builder()
            .partitionKey(key)
            .data(SdkBytes.fromUtf8String("{}"))
            .build();
    byte[] bytes =
        serializer.serialize(
            new BufferedRequestState<>(
                Collections.nCopies(BUFFERED, new RequestEntryWrapper<>(entry, 2))));
    return serializer
        .deserialize(serializer.getVersion(), bytes)
        .getBufferedRequestEntries()
        .get(0)
        .getRequestEntry()
        .partitionKey();
  }
}
