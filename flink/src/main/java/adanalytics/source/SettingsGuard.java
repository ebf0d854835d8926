package adanalytics.source;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.runtime.state.FunctionInitializationContext;

/**
 * Stores in the state the settings that it depends on, and refuses to continue from a state with
 * other settings.
 *
 * <p>The sizes of windows are such settings, because timers and open windows depend on them. With
 * other sizes, windows would silently have wrong figures or be missing.
 */
public final class SettingsGuard implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final String RUNBOOK = "docs/runbooks/update-the-job.md";

  private final TreeMap<String, String> settings;

  /**
   * @param settings value by name, of the settings that the state depends on
   */
  public SettingsGuard(Map<String, String> settings) {
    this.settings = new TreeMap<>(settings);
  }

  /**
   * Compares the settings with those in the restored state, if state was restored. Settings that
   * are only on one side are not compared, because a version of the job may add a setting.
   *
   * @throws SuppressRestartsException when one differs: a restart cannot help. The message names
   *     each with its old and new value
   */
  public void check(FunctionInitializationContext context) throws Exception {
    ListState<Tuple2<String, String>> state =
        context
            .getOperatorStateStore()
            .getUnionListState(
                new ListStateDescriptor<>("settings", Types.TUPLE(Types.STRING, Types.STRING)));
    Map<String, String> changed = new TreeMap<>();
    for (Tuple2<String, String> entry : state.get()) {
      String now = settings.get(entry.f0);
      if (now != null && !now.equals(entry.f1)) {
        changed.put(entry.f0, entry.f0 + " was " + entry.f1 + " and is " + now);
      }
    }
    if (!changed.isEmpty()) {
      throw new SuppressRestartsException(
          new IllegalStateException(
              "The job cannot continue from this state, because the state depends on settings that"
                  + " were changed: "
                  + String.join("; ", changed.values())
                  + ". Restore the old values, or start without the state: "
                  + RUNBOOK));
    }
    List<Tuple2<String, String>> entries = new ArrayList<>();
    settings.forEach((name, value) -> entries.add(Tuple2.of(name, value)));
    state.update(entries);
  }
}
