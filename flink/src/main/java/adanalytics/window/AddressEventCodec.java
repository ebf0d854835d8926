package adanalytics.window;

import adanalytics.codec.Codec;
import adanalytics.codec.Texts;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializes an {@link AddressEvent} between operators; never used for state. */
public final class AddressEventCodec implements Codec<AddressEvent> {
  private static final long serialVersionUID = 1L;

  @Override
  public Class<AddressEvent> type() {
    return AddressEvent.class;
  }

  @Override
  public void write(AddressEvent event, DataOutputView out) throws IOException {
    out.writeByte(event.what);
    out.writeLong(event.time);
    Texts.write(event.ip, out);
    Texts.write(event.userId, out);
  }

  @Override
  public AddressEvent read(DataInputView in) throws IOException {
    AddressEvent event = new AddressEvent();
    event.what = in.readByte();
    event.time = in.readLong();
    event.ip = Texts.read(in);
    event.userId = Texts.read(in);
    return event;
  }
}
