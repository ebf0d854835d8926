package adanalytics.attribution;

import adanalytics.codec.Codec;
import adanalytics.codec.Texts;
import adanalytics.codec.VarInts;
import adanalytics.event.CarriedFields;
import java.io.IOException;
import java.util.ArrayList;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Serializes an {@link AttributionState}. In format 1 (release 0.1.0), every impression is
 * uncounted. Format 3 is written only if an impression has carried fields: a release that does not
 * know them rejects the state instead of losing them.
 */
public final class AttributionStateCodec implements Codec<AttributionState> {
  private static final long serialVersionUID = 1L;
  private static final int FORMAT = 2;
  private static final int FORMAT_WITHOUT_COUNTED = 1;
  private static final int FORMAT_WITH_CARRIED = 3;
  private static final int INVALID_PLACEMENT = 1;
  private static final int COUNTED = 2;
  private static final int CARRIED = 4;

  @Override
  public Class<AttributionState> type() {
    return AttributionState.class;
  }

  @Override
  public void write(AttributionState state, DataOutputView out) throws IOException {
    out.writeByte(hasCarried(state) ? FORMAT_WITH_CARRIED : FORMAT);
    VarInts.write(state.impressions == null ? 0 : state.impressions.size(), out);
    if (state.impressions != null) {
      for (ImpressionState impression : state.impressions) {
        write(impression, out);
      }
    }
  }

  private static boolean hasCarried(AttributionState state) {
    if (state.impressions != null) {
      for (ImpressionState impression : state.impressions) {
        if (impression.carried != null) {
          return true;
        }
      }
    }
    return false;
  }

  private static void write(ImpressionState impression, DataOutputView out) throws IOException {
    VarInts.writeSigned(impression.eventTime, out);
    Texts.write(impression.userId, out);
    Texts.write(impression.campaignId, out);
    Texts.write(impression.adId, out);
    Texts.write(impression.publisherId, out);
    Texts.write(impression.deviceType, out);
    Texts.write(impression.country, out);
    VarInts.write(impression.costMicros == null ? 0 : impression.costMicros + 1, out);
    out.writeByte(
        (impression.invalidPlacement ? INVALID_PLACEMENT : 0)
            | (impression.isCounted ? COUNTED : 0)
            | (impression.carried == null ? 0 : CARRIED));
    VarInts.write(impression.attributedClicks, out);
    VarInts.write(impression.validClicks, out);
    if (impression.carried != null) {
      CarriedFields.write(impression.carried, out);
    }
  }

  @Override
  public AttributionState read(DataInputView in) throws IOException {
    int format = in.readUnsignedByte();
    if (format < FORMAT_WITHOUT_COUNTED || format > FORMAT_WITH_CARRIED) {
      throw new IOException(
          "The state of an impression has format "
              + format
              + ", but this release reads only formats up to "
              + FORMAT_WITH_CARRIED);
    }
    AttributionState state = new AttributionState();
    int impressions = (int) VarInts.read(in);
    if (impressions > 0) {
      state.impressions = new ArrayList<>(impressions);
      for (int i = 0; i < impressions; i++) {
        state.impressions.add(readImpression(in));
      }
    }
    return state;
  }

  private static ImpressionState readImpression(DataInputView in) throws IOException {
    ImpressionState impression = new ImpressionState();
    impression.eventTime = VarInts.readSigned(in);
    impression.userId = Texts.read(in);
    impression.campaignId = Texts.read(in);
    impression.adId = Texts.read(in);
    impression.publisherId = Texts.read(in);
    impression.deviceType = Texts.read(in);
    impression.country = Texts.read(in);
    long cost = VarInts.read(in);
    impression.costMicros = cost == 0 ? null : cost - 1;
    // In format 1 a boolean: 0 or 1.
    int flags = in.readUnsignedByte();
    impression.invalidPlacement = (flags & INVALID_PLACEMENT) != 0;
    impression.isCounted = (flags & COUNTED) != 0;
    impression.attributedClicks = (int) VarInts.read(in);
    impression.validClicks = (int) VarInts.read(in);
    if ((flags & CARRIED) != 0) {
      impression.carried = CarriedFields.read(in);
    }
    return impression;
  }
}
