package adanalytics.window;

import adanalytics.codec.Codec;
import adanalytics.codec.Texts;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Bytes of an {@link ActorEvent} between operators; never in state. */
public final class ActorEventCodec implements Codec<ActorEvent> {
  private static final long serialVersionUID = 1L;

  @Override
  public Class<ActorEvent> type() {
    return ActorEvent.class;
  }

  @Override
  public void write(ActorEvent event, DataOutputView out) throws IOException {
    out.writeByte(event.what);
    out.writeLong(event.time);
    Texts.write(event.actor, out);
    Texts.write(event.userId, out);
  }

  @Override
  public ActorEvent read(DataInputView in) throws IOException {
    ActorEvent event = new ActorEvent();
    event.what = in.readByte();
    event.time = in.readLong();
    event.actor = Texts.read(in);
    event.userId = Texts.read(in);
    return event;
  }
}
