package adanalytics.event;

import adanalytics.codec.Codec;
import adanalytics.codec.Texts;
import adanalytics.codec.VarInts;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Serializes the fields that impressions and clicks have in common. The user agent is left out,
 * because nothing reads it after {@link KnownBots}.
 *
 * @param <E> impression or click
 */
abstract class AdEventCodec<E extends AdEvent> implements Codec<E> {
  private static final long serialVersionUID = 1L;
  private static final int FORMAT = 1;
  private static final int FORMAT_WITH_CARRIED = 2;

  abstract E empty();

  abstract void writeOwn(E event, DataOutputView out) throws IOException;

  abstract void readOwn(E event, DataInputView in) throws IOException;

  @Override
  public final void write(E event, DataOutputView out) throws IOException {
    out.writeByte(event.carried == null ? FORMAT : FORMAT_WITH_CARRIED);
    Texts.write(event.impressionId, out);
    VarInts.writeSigned(event.eventTime, out);
    Texts.write(event.userId, out);
    Texts.write(event.campaignId, out);
    Texts.write(event.adId, out);
    Texts.write(event.publisherId, out);
    Texts.write(event.deviceType, out);
    Texts.write(event.country, out);
    Texts.write(event.ip, out);
    out.writeBoolean(event.knownBot);
    writeOwn(event, out);
    if (event.carried != null) {
      CarriedFields.write(event.carried, out);
    }
  }

  @Override
  public final E read(DataInputView in) throws IOException {
    int format = in.readUnsignedByte();
    if (format != FORMAT && format != FORMAT_WITH_CARRIED) {
      throw new IOException(
          "The event has format "
              + format
              + ", but this release reads only formats up to "
              + FORMAT_WITH_CARRIED);
    }
    E event = empty();
    event.impressionId = Texts.read(in);
    event.eventTime = VarInts.readSigned(in);
    event.userId = Texts.read(in);
    event.campaignId = Texts.read(in);
    event.adId = Texts.read(in);
    event.publisherId = Texts.read(in);
    event.deviceType = Texts.read(in);
    event.country = Texts.read(in);
    event.ip = Texts.read(in);
    event.knownBot = in.readBoolean();
    readOwn(event, in);
    if (format == FORMAT_WITH_CARRIED) {
      event.carried = CarriedFields.read(in);
    }
    return event;
  }
}
