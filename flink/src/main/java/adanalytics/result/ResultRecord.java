package adanalytics.result;

import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.api.java.typeutils.TupleTypeInfo;

/** A result as it is written to Kinesis: partition key and JSON in UTF-8. */
public final class ResultRecord extends Tuple2<String, byte[]> {
  private static final long serialVersionUID = 1L;

  public ResultRecord() {}

  ResultRecord(String partitionKey, byte[] json) {
    super(partitionKey, json);
  }

  String partitionKey() {
    return f0;
  }

  byte[] json() {
    return f1;
  }

  /** The size that Kinesis compares with its limit; the key is ASCII. */
  int sizeInBytes() {
    return f0.length() + f1.length;
  }

  static TypeInformation<ResultRecord> type() {
    return new TupleTypeInfo<>(
        ResultRecord.class, Types.STRING, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);
  }
}
