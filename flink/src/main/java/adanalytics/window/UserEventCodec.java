package adanalytics.window;

import adanalytics.codec.Codec;
import adanalytics.codec.Texts;
import adanalytics.codec.VarInts;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializes a {@link UserEvent} between operators; never used for state. */
public final class UserEventCodec implements Codec<UserEvent> {
  private static final long serialVersionUID = 1L;

  @Override
  public Class<UserEvent> type() {
    return UserEvent.class;
  }

  @Override
  public void write(UserEvent event, DataOutputView out) throws IOException {
    out.writeByte(event.what);
    out.writeLong(event.time);
    Texts.write(event.userId, out);
    Texts.write(event.campaignId, out);
    if (event.what != UserEvent.VALID_CLICK) {
      Texts.write(event.adId, out);
      Texts.write(event.publisherId, out);
      Texts.write(event.deviceType, out);
      Texts.write(event.country, out);
      VarInts.write(event.costMicros, out);
    }
  }

  @Override
  public UserEvent read(DataInputView in) throws IOException {
    UserEvent event = new UserEvent();
    event.what = in.readByte();
    event.time = in.readLong();
    event.userId = Texts.read(in);
    event.campaignId = Texts.read(in);
    if (event.what != UserEvent.VALID_CLICK) {
      event.adId = Texts.read(in);
      event.publisherId = Texts.read(in);
      event.deviceType = Texts.read(in);
      event.country = Texts.read(in);
      event.costMicros = VarInts.read(in);
    }
    return event;
  }
}
