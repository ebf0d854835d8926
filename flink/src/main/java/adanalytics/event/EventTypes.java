package adanalytics.event;

import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * How Flink serializes what flows between the operators. Spelled out where Flink's own extraction
 * would fall back to Kryo: a type variable, or a byte array inside a generic class.
 */
public final class EventTypes {
  private EventTypes() {}

  public static TypeInformation<Impression> impression() {
    return Types.POJO(Impression.class);
  }

  public static TypeInformation<Click> click() {
    return Types.POJO(Click.class);
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
    Map<String, TypeInformation<?>> fields = new HashMap<>();
    fields.put("position", Types.POJO(RecordPosition.class));
    fields.put("arrivalTime", Types.LONG);
    fields.put("event", kind == EventKind.IMPRESSION ? impression() : click());
    fields.put("latenessMs", Types.LONG);
    fields.put("rejectReason", Types.STRING);
    fields.put("raw", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);
    return (TypeInformation) Types.POJO(InputRecord.class, fields);
  }
}
