package adanalytics.state;

import java.io.File;
import java.io.IOException;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.OperatorSnapshotUtil;

/**
 * Snapshots of single operators, written by earlier releases. The current job must continue from
 * each of them.
 *
 * <p>Before a release, {@code mvn test -Dtest='*SnapshotTest' -Dwrite.snapshots=<release>} writes
 * its snapshots into src/test/resources/snapshots; then add the release to {@link #RELEASES}.
 * Existing snapshots are never overwritten.
 */
public final class Snapshots {
  /** Releases whose snapshots are kept. */
  public static final String[] RELEASES = {"0.1.0"};

  /** The system property that names the release whose snapshots are to be written. */
  public static final String WRITE = "write.snapshots";

  private Snapshots() {}

  /**
   * @param release that wrote it
   * @param operator its uid
   */
  public static OperatorSubtaskState read(String release, String operator) throws Exception {
    return OperatorSnapshotUtil.readStateHandle(file(release, operator).getPath());
  }

  /**
   * Writes a snapshot of the release that the system property names.
   *
   * @throws IOException when the snapshot exists already
   */
  public static void write(OperatorSubtaskState state, String operator) throws IOException {
    File file = file(System.getProperty(WRITE), operator);
    if (file.exists()) {
      throw new IOException(
          file
              + " exists already, and a released snapshot must not change. Choose another release");
    }
    if (!file.getParentFile().isDirectory() && !file.getParentFile().mkdirs()) {
      throw new IOException("Cannot create the folder " + file.getParentFile());
    }
    OperatorSnapshotUtil.writeStateHandle(state, file.getPath());
  }

  private static File file(String release, String operator) {
    return new File("src/test/resources/snapshots/" + release, operator + ".snapshot");
  }
}
