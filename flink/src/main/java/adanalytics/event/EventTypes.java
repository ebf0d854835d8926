package adanalytics.event;

import adanalytics.codec.CodecType;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;

/** The Flink types of the records between the operators. */
public final class EventTypes {
  private EventTypes() {}

  public static TypeInformation<Impression> impression() {
    return new CodecType<>(new ImpressionCodec());
  }

  public static TypeInformation<Click> click() {
    return new CodecType<>(new ClickCodec());
  }

  public static TypeInformation<LateEvent> lateEvent() {
    return Types.POJO(LateEvent.class);
  }

  public static TypeInformation<RejectedEvent> rejectedEvent() {
    return Types.POJO(RejectedEvent.class);
  }

  /**
   * @param kind of the event inside
   * @param <E> the class of that kind
   * @return the type of an input record with such an event
   */
  @SuppressWarnings({"unchecked", "rawtypes"})
  public static <E extends AdEvent> TypeInformation<InputRecord<E>> inputRecord(EventKind kind) {
    return (TypeInformation)
        new CodecType<>(
            kind == EventKind.IMPRESSION
                ? (InputRecordCodec) new InputRecordCodec.OfImpression()
                : new InputRecordCodec.OfClick());
  }
}
