package adanalytics.attribution;

import adanalytics.codec.CodecType;
import adanalytics.event.EventTypes;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;

/** Serialization of the join's state and results. */
final class AttributionTypes {
  private AttributionTypes() {}

  static TypeInformation<AttributionState> state() {
    return new CodecType<>(new AttributionStateCodec());
  }

  static TypeInformation<SettledImpression> settledImpression() {
    Map<String, TypeInformation<?>> fields = new HashMap<>();
    fields.put("impression", Types.POJO(ImpressionState.class));
    fields.put("settledTime", Types.LONG);
    return Types.POJO(SettledImpression.class, fields);
  }

  static TypeInformation<AttributedClick> attributedClick() {
    Map<String, TypeInformation<?>> fields = new HashMap<>();
    fields.put("click", EventTypes.click());
    fields.put("impression", Types.POJO(ImpressionState.class));
    fields.put("invalidReasons", Types.LIST(Types.STRING));
    return Types.POJO(AttributedClick.class, fields);
  }
}
