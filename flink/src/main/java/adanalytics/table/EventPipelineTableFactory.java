package adanalytics.table;

import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.factories.DynamicTableSourceFactory;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.RowType;

/**
 * Makes the pipeline's streams readable in SQL:
 *
 * <pre>{@code
 * CREATE TABLE click (
 *   click_id STRING, campaign_id STRING, event_time TIMESTAMP_LTZ(3),
 *   WATERMARK FOR event_time AS SOURCE_WATERMARK()
 * ) WITH ('connector' = 'event-pipeline', 'stream' = 'click')
 * }</pre>
 *
 * A table declares only the columns of the stream that it needs, in any order.
 */
public final class EventPipelineTableFactory implements DynamicTableSourceFactory {
  static final String IDENTIFIER = "event-pipeline";

  private static final ConfigOption<String> STREAM =
      ConfigOptions.key("stream")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "attributed_click, unattributed_click, short_actor_window, long_actor_window, "
                  + "user_window, dimension_window, settled_window, publisher_window, bot_window, "
                  + "late_event or rejected_event");

  @Override
  public String factoryIdentifier() {
    return IDENTIFIER;
  }

  @Override
  public Set<ConfigOption<?>> requiredOptions() {
    return Set.of(STREAM);
  }

  @Override
  public Set<ConfigOption<?>> optionalOptions() {
    return Set.of();
  }

  @Override
  public DynamicTableSource createDynamicTableSource(Context context) {
    FactoryUtil.TableFactoryHelper helper = FactoryUtil.createTableFactoryHelper(this, context);
    helper.validate();
    EventStream<?> stream;
    try {
      stream = EventStream.named(helper.getOptions().get(STREAM));
    } catch (IllegalArgumentException e) {
      throw new ValidationException(e.getMessage());
    }
    return source(context, stream);
  }

  private static <T> DynamicTableSource source(Context context, EventStream<T> stream) {
    String table = context.getObjectIdentifier().getObjectName();
    DataType rowType = context.getPhysicalRowDataType();
    return new EventPipelineTableSource<>(
        table,
        stream,
        DeclaredColumns.match(table, (RowType) rowType.getLogicalType(), stream),
        rowType);
  }
}
