package adanalytics.event;

import adanalytics.codec.Texts;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializes a {@link Click}. */
public final class ClickCodec extends AdEventCodec<Click> {
  private static final long serialVersionUID = 1L;

  @Override
  public Class<Click> type() {
    return Click.class;
  }

  @Override
  Click empty() {
    return new Click();
  }

  @Override
  void writeOwn(Click click, DataOutputView out) throws IOException {
    Texts.write(click.clickId, out);
  }

  @Override
  void readOwn(Click click, DataInputView in) throws IOException {
    click.clickId = Texts.read(in);
  }
}
