/** A metric of CloudWatch. */
export interface Metric {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  /** `Sum`, `Average`, `Maximum`, `Minimum` or a percentile. */
  readonly stat: string;
}

/**
 * @param stream name of a Kinesis stream
 * @param name of the metric
 * @param stat statistic
 */
export function streamMetric(stream: string, name: string, stat: string): Metric {
  return { namespace: 'AWS/Kinesis', name, dimensions: { StreamName: stream }, stat };
}

/** @param application name @param name of the metric @param stat statistic */
export function jobMetric(application: string, name: string, stat: string): Metric {
  return { namespace: 'AWS/KinesisAnalytics', name, dimensions: { Application: application }, stat };
}

/** @param functionName of the Lambda @param name of the metric @param stat statistic */
export function functionMetric(functionName: string, name: string, stat: string): Metric {
  return { namespace: 'AWS/Lambda', name, dimensions: { FunctionName: functionName }, stat };
}

/** @param queue name @param name of the metric @param stat statistic */
export function queueMetric(queue: string, name: string, stat: string): Metric {
  return { namespace: 'AWS/SQS', name, dimensions: { QueueName: queue }, stat };
}

/**
 * @param table name
 * @param index of the table, or undefined for the table itself
 * @param name of the metric
 * @param stat statistic
 */
export function tableMetric(table: string, index: string | undefined, name: string, stat: string): Metric {
  const dimensions = { TableName: table, ...(index === undefined ? {} : { GlobalSecondaryIndexName: index }) };
  return { namespace: 'AWS/DynamoDB', name, dimensions, stat };
}
