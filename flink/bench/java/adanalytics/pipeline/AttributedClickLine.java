package adanalytics.pipeline;

import adanalytics.attribution.AttributedClick;
import adanalytics.event.EventTime;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.node.ObjectNode;

/** For benchmarks only: an attributed click as JSON, with the fields that Pathway's join writes. */
final class AttributedClickLine implements MapFunction<AttributedClick, String> {
  private static final long serialVersionUID = 1L;
  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  public String map(AttributedClick attributed) throws Exception {
    ObjectNode line = JSON.createObjectNode();
    line.put("click_id", attributed.click.clickId);
    line.put("impression_id", attributed.click.impressionId);
    line.put("campaign_id", attributed.impression.campaignId);
    line.put("ad_id", attributed.impression.adId);
    line.put("publisher_id", attributed.impression.publisherId);
    line.put("user_id", attributed.impression.userId);
    line.put("impression_time", EventTime.format(attributed.impression.eventTime));
    line.put("click_time", EventTime.format(attributed.click.eventTime));
    return JSON.writeValueAsString(line);
  }
}
