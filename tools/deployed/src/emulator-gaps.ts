/** Arguments that the local AWS does not return correctly. On AWS, they do not differ. */
export interface EmulatorGap {
  /** Type of the resource, as Terraform calls it. */
  readonly type: string;
  /** Paths of its arguments that then seem to have changed. */
  readonly attributes: readonly string[];
  readonly reason: string;
}

export const EMULATOR_GAPS: readonly EmulatorGap[] = [
  {
    type: 'aws_cloudwatch_metric_alarm',
    attributes: [
      'actions_enabled',
      'alarm_actions',
      'alarm_description',
      'dimensions',
      'ok_actions',
      'period',
      'statistic',
      'treat_missing_data',
    ],
    reason: 'DescribeAlarms omits most parameters of PutMetricAlarm',
  },
  {
    type: 'aws_kinesis_firehose_delivery_stream',
    attributes: ['extended_s3_configuration.0.custom_time_zone'],
    reason: 'DescribeDeliveryStream omits the default, UTC',
  },
  {
    type: 'aws_kinesis_stream',
    attributes: ['tags_all'],
    reason: 'CreateStream drops the tags it is given',
  },
  {
    type: 'aws_s3_object',
    attributes: ['tags_all'],
    reason: 'an object that is uploaded in parts loses its tags',
  },
];
