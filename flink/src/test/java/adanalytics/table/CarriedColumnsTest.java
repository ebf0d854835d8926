package adanalytics.table;

import static org.assertj.core.api.Assertions.assertThat;

import adanalytics.attribution.AttributedClick;
import adanalytics.attribution.ImpressionState;
import adanalytics.event.TestCarriedFields;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.flink.table.data.StringData;
import org.junit.jupiter.api.Test;

class CarriedColumnsTest {
  private final List<Column<AttributedClick>> columns =
      CarriedColumns.of(TestCarriedFields.of("user_agent", "width"));

  @Test
  void haveTheTypesOfTheFields() {
    assertThat(columns.stream().map(column -> column.name + " " + column.type))
        .containsExactly("user_agent STRING", "width BIGINT");
  }

  @Test
  void haveTheValuesOfTheImpression() {
    assertThat(values("a browser", "300"))
        .containsExactly(StringData.fromString("a browser"), 300L);
  }

  @Test
  void areNullWhereTheImpressionHasNoValue() {
    assertThat(values(null, null)).containsExactly(null, null);
  }

  @Test
  void areNullForAnImpressionThatWasAcceptedBeforeTheFieldWasAdded() {
    assertThat(values("a browser")).containsExactly(StringData.fromString("a browser"), null);
    assertThat(values((String[]) null)).containsExactly(null, null);
  }

  private List<Object> values(String... carried) {
    AttributedClick click = new AttributedClick();
    click.impression = new ImpressionState();
    click.impression.carried = carried;
    return columns.stream().map(column -> column.value.apply(click)).collect(Collectors.toList());
  }
}
