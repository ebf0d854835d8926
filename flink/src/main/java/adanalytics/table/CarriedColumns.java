package adanalytics.table;

import adanalytics.attribution.AttributedClick;
import adanalytics.event.CarriedFields;
import java.util.ArrayList;
import java.util.List;

/** The columns of attributed clicks for the {@link adanalytics.event.CarriedFields}. */
final class CarriedColumns {
  private CarriedColumns() {}

  static List<Column<AttributedClick>> of(CarriedFields fields) {
    List<Column<AttributedClick>> columns = new ArrayList<>();
    for (int i = 0; i < fields.names().size(); i++) {
      int place = i;
      String name = fields.names().get(place);
      columns.add(
          fields.isText(place)
              ? Column.optionalString(name, click -> value(click, place))
              : Column.optionalBigint(name, click -> number(value(click, place))));
    }
    return columns;
  }

  /** Also null for an impression that was accepted before the field was added. */
  private static String value(AttributedClick click, int place) {
    String[] carried = click.impression.carried;
    return carried == null || carried.length <= place ? null : carried[place];
  }

  private static Long number(String digits) {
    return digits == null ? null : Long.valueOf(digits);
  }
}
