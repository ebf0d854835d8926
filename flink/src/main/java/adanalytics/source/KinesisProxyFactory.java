package adanalytics.source;

import java.io.Serializable;
import org.apache.flink.streaming.connectors.kinesis.internals.KinesisDataFetcher.FlinkKinesisProxyFactory;

/** Creates the connector's Kinesis client; serialized with the source. */
interface KinesisProxyFactory extends FlinkKinesisProxyFactory, Serializable {}
