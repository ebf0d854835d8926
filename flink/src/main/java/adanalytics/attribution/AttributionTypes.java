package adanalytics.attribution;

import adanalytics.event.EventTypes;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * Serialization of the join's state and results. POJOs all through: state can be read after a class
 * gains a field.
 */
final class AttributionTypes {
  private AttributionTypes() {}

  static TypeInformation<AttributionState> state() {
    Map<String, TypeInformation<?>> fields = new HashMap<>();
    fields.put("impressions", Types.LIST(Types.POJO(ImpressionState.class)));
    return Types.POJO(AttributionState.class, fields);
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
