package adanalytics.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adanalytics.attribution.AttributionState;
import adanalytics.attribution.AttributionStateCodec;
import adanalytics.attribution.ImpressionState;
import adanalytics.event.AdEvent;
import adanalytics.event.Click;
import adanalytics.event.ClickCodec;
import adanalytics.event.EventKind;
import adanalytics.event.EventTypes;
import adanalytics.event.Impression;
import adanalytics.event.ImpressionCodec;
import adanalytics.event.InputRecord;
import adanalytics.event.RecordPosition;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** A value that is written is read back unchanged, for any text. */
class CodecProperties {
  @Property
  void anImpressionIsReadBack(@ForAll long seed) throws Exception {
    Values values = new Values(seed);
    Impression impression = values.impression();

    assertIsReadBack(impression, new CodecSerializer<>(new ImpressionCodec()));
  }

  @Property
  void aClickIsReadBack(@ForAll long seed) throws Exception {
    assertIsReadBack(new Values(seed).click(), new CodecSerializer<>(new ClickCodec()));
  }

  @Property
  void anInputRecordIsReadBack(@ForAll long seed) throws Exception {
    Values values = new Values(seed);
    InputRecord<Click> record = new InputRecord<>();
    record.position = new RecordPosition(values.text(), values.text(), values.text());
    record.arrivalTime = values.number();
    record.latenessMs = values.below(3) - 1;
    if (values.below(2) == 0) {
      record.event = values.click();
    } else {
      record.rejectReason = values.text();
      record.raw = values.bytes();
    }

    assertIsReadBack(
        record,
        EventTypes.<Click>inputRecord(EventKind.CLICK)
            .createSerializer(new SerializerConfigImpl()));
  }

  @Property
  void theStateOfAnImpressionIsReadBack(@ForAll long seed) throws Exception {
    Values values = new Values(seed);
    AttributionState state = new AttributionState();
    if (values.below(4) > 0) {
      state.impressions = new ArrayList<>();
      for (int i = 0; i <= values.below(3); i++) {
        ImpressionState impression = ImpressionState.of(values.impression());
        impression.attributedClicks = values.below(1_000);
        impression.validClicks = values.below(1_000);
        state.impressions.add(impression);
      }
    }

    assertIsReadBack(state, new CodecSerializer<>(new AttributionStateCodec()));
  }

  @Property
  void textIsReadBack(@ForAll long seed) throws Exception {
    String text = new Values(seed).optionalText();
    DataOutputSerializer out = new DataOutputSerializer(16);
    Texts.write(text, out);

    assertThat(Texts.read(new DataInputDeserializer(out.getCopyOfBuffer()))).isEqualTo(text);
  }

  @Example
  void aSnapshotNamesItsCodec() throws Exception {
    TypeSerializerSnapshot<Click> restored =
        restored(new CodecSerializer<>(new ClickCodec()).snapshotConfiguration());
    TypeSerializerSnapshot<Click> today =
        new CodecSerializer<>(new ClickCodec()).snapshotConfiguration();

    assertThat(restored.restoreSerializer()).isEqualTo(new CodecSerializer<>(new ClickCodec()));
    assertThat(today.resolveSchemaCompatibility(restored).isCompatibleAsIs()).isTrue();
  }

  @Example
  @SuppressWarnings({"unchecked", "rawtypes"})
  void stateOfAnotherCodecIsRefused() throws Exception {
    TypeSerializerSnapshot restored =
        restored(new CodecSerializer<>(new ImpressionCodec()).snapshotConfiguration());
    TypeSerializerSnapshot today = new CodecSerializer<>(new ClickCodec()).snapshotConfiguration();

    assertThat(today.resolveSchemaCompatibility(restored).isIncompatible()).isTrue();
  }

  @Example
  void anUnknownFormatIsNamed() {
    byte[] ofTheFuture = {9, 0, 0};

    assertThatThrownBy(() -> new ClickCodec().read(new DataInputDeserializer(ofTheFuture)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("format 9");
  }

  private static <T> TypeSerializerSnapshot<T> restored(TypeSerializerSnapshot<T> snapshot)
      throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    TypeSerializerSnapshot.writeVersionedSnapshot(out, snapshot);
    return TypeSerializerSnapshot.readVersionedSnapshot(
        new DataInputDeserializer(out.getCopyOfBuffer()), CodecProperties.class.getClassLoader());
  }

  private static <T> void assertIsReadBack(T value, TypeSerializer<T> serializer)
      throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(16);
    serializer.serialize(value, out);
    byte[] bytes = out.getCopyOfBuffer();
    DataInputDeserializer in = new DataInputDeserializer(bytes);

    assertThat(serializer.deserialize(in)).usingRecursiveComparison().isEqualTo(value);
    assertThat(in.available()).isZero();
    assertThat(serializer.copy(value))
        .isNotSameAs(value)
        .usingRecursiveComparison()
        .isEqualTo(value);
    DataOutputSerializer copied = new DataOutputSerializer(16);
    serializer.copy(new DataInputDeserializer(bytes), copied);
    assertThat(copied.getCopyOfBuffer()).isEqualTo(bytes);
  }

  /** Random values of a seed. */
  private static final class Values {
    private final Random random;

    Values(long seed) {
      random = new Random(seed);
    }

    int below(int bound) {
      return random.nextInt(bound);
    }

    long number() {
      return random.nextLong() >> random.nextInt(Long.SIZE);
    }

    byte[] bytes() {
      byte[] bytes = new byte[random.nextInt(200)];
      random.nextBytes(bytes);
      return bytes;
    }

    /** Up to 128 code points of every plane, without unpaired surrogates. */
    String text() {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(129); i > 0; i--) {
        int bits = 1 + random.nextInt(21);
        int codePoint = Math.min(random.nextInt(1 << bits), Character.MAX_CODE_POINT);
        boolean isSurrogate =
            codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
        text.appendCodePoint(isSurrogate ? 'x' : codePoint);
      }
      return text.toString();
    }

    String optionalText() {
      return below(4) == 0 ? null : text();
    }

    Impression impression() {
      Impression impression = new Impression();
      fill(impression);
      impression.costMicros = below(3) == 0 ? null : number() & Long.MAX_VALUE >> 1;
      impression.width = below(3) == 0 ? null : (Integer) below(Integer.MAX_VALUE);
      impression.height = below(3) == 0 ? null : (Integer) below(2);
      impression.carried = below(3) == 0 ? null : new String[] {optionalText(), optionalText()};
      return impression;
    }

    Click click() {
      Click click = new Click();
      fill(click);
      click.clickId = text();
      return click;
    }

    private void fill(AdEvent event) {
      event.impressionId = text();
      event.eventTime = number();
      event.userId = text();
      event.campaignId = text();
      event.adId = text();
      event.publisherId = text();
      event.deviceType = optionalText();
      event.country = optionalText();
      event.ip = optionalText();
      event.knownBot = random.nextBoolean();
    }
  }

  /** Without such texts, the properties would not test much. */
  @Example
  void someTextNeedsFourBytesForACharacter() {
    List<String> texts = new ArrayList<>();
    for (int seed = 0; seed < 20; seed++) {
      texts.add(new Values(seed).text());
    }

    assertThat(texts).anyMatch(text -> text.codePoints().anyMatch(c -> c > 0xFFFF));
    assertThat(texts).anyMatch(text -> text.codePoints().anyMatch(c -> c < 0x20));
  }
}
