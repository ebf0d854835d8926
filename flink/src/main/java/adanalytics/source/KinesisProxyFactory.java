package adanalytics.source;

import java.io.Serializable;
import org.apache.flink.streaming.connectors.kinesis.internals.KinesisDataFetcher.FlinkKinesisProxyFactory;

/** Makes the connector's access to Kinesis; travels with the source to the cluster. */
interface KinesisProxyFactory extends FlinkKinesisProxyFactory, Serializable {}
