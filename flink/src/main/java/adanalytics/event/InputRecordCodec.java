package adanalytics.event;

import adanalytics.codec.Codec;
import adanalytics.codec.Texts;
import adanalytics.codec.VarInts;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Serializes an {@link InputRecord} between operators; never used for state.
 *
 * @param <E> impression or click
 */
abstract class InputRecordCodec<E extends AdEvent> implements Codec<InputRecord<E>> {
  private static final long serialVersionUID = 1L;

  private final AdEventCodec<E> events;

  InputRecordCodec(AdEventCodec<E> events) {
    this.events = events;
  }

  @Override
  @SuppressWarnings({"unchecked", "rawtypes"})
  public final Class<InputRecord<E>> type() {
    return (Class) InputRecord.class;
  }

  @Override
  public final void write(InputRecord<E> record, DataOutputView out) throws IOException {
    Texts.write(record.position.stream, out);
    Texts.write(record.position.shardId, out);
    Texts.write(record.position.sequenceNumber, out);
    out.writeLong(record.arrivalTime);
    VarInts.writeSigned(record.latenessMs, out);
    out.writeBoolean(record.isRejected());
    if (record.isRejected()) {
      Texts.write(record.rejectReason, out);
      VarInts.write(record.raw.length, out);
      out.write(record.raw);
    } else {
      events.write(record.event, out);
    }
  }

  @Override
  public final InputRecord<E> read(DataInputView in) throws IOException {
    InputRecord<E> record = new InputRecord<>();
    record.position = new RecordPosition(Texts.read(in), Texts.read(in), Texts.read(in));
    record.arrivalTime = in.readLong();
    record.latenessMs = VarInts.readSigned(in);
    if (in.readBoolean()) {
      record.rejectReason = Texts.read(in);
      record.raw = new byte[(int) VarInts.read(in)];
      in.readFully(record.raw);
    } else {
      record.event = events.read(in);
    }
    return record;
  }

  /** A record with an impression. */
  public static final class OfImpression extends InputRecordCodec<Impression> {
    private static final long serialVersionUID = 1L;

    public OfImpression() {
      super(new ImpressionCodec());
    }
  }

  /** A record with a click. */
  public static final class OfClick extends InputRecordCodec<Click> {
    private static final long serialVersionUID = 1L;

    public OfClick() {
      super(new ClickCodec());
    }
  }
}
