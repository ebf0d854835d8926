import { sampleEnvironment } from '../../test/sample-environment';
import { only, synthesisedPipeline } from '../../test/sample-pipeline';
import type { Environment } from '../environments/environment';

const synth = (sink: Partial<Environment['sink']> = {}) => {
  const environment = sampleEnvironment();
  return synthesisedPipeline({ ...environment, sink: { ...environment.sink, ...sink } });
};

describe('OutputSink', () => {
  it('sets the variables that the function reads at its start', () => {
    expect(only(synth(), 'aws_lambda_function')).toMatchObject({
      runtime: 'nodejs22.x',
      handler: 'index.handler',
      architectures: ['arm64'],
      environment: {
        variables: {
          RESULTS_TABLE: expect.stringMatching(/^\$\{aws_dynamodb_table\..*\.name\}$/),
          DEAD_LETTER_QUEUE_URL: expect.stringMatching(/^\$\{aws_sqs_queue\..*dead-letters.*\.url\}$/),
          NODE_OPTIONS: '--enable-source-maps',
          POWERTOOLS_SERVICE_NAME: 'output-sink',
          POWERTOOLS_METRICS_NAMESPACE: 'AdAnalytics',
          POWERTOOLS_LOG_LEVEL: 'INFO',
          POWERTOOLS_TRACE_ENABLED: 'false',
        },
      },
    });
  });

  it('does not lose records: partial failures are reported, batches are split, and failed batches go to a queue', () => {
    const settings = {
      batchSize: 77,
      batchingWindowSeconds: 2,
      parallelizationFactor: 3,
      retryAttempts: 5,
      maxRecordAgeSeconds: 3_600,
    };
    expect(only(synth(settings), 'aws_lambda_event_source_mapping')).toMatchObject({
      starting_position: 'TRIM_HORIZON',
      function_response_types: ['ReportBatchItemFailures'],
      bisect_batch_on_function_error: true,
      batch_size: 77,
      maximum_batching_window_in_seconds: 2,
      parallelization_factor: 3,
      maximum_retry_attempts: 5,
      maximum_record_age_in_seconds: 3_600,
      destination_config: { on_failure: { destination_arn: expect.stringContaining('on-failure') } },
    });
  });

  it('keeps records that could not be processed for two weeks, encrypted', () => {
    const queues = synth().all('aws_sqs_queue');
    expect(queues.map((queue) => queue['name']).sort()).toEqual([
      'ad-analytics-dev-sink-dead-letters',
      'ad-analytics-dev-sink-on-failure',
    ]);
    for (const queue of queues) {
      expect(queue).toMatchObject({
        message_retention_seconds: 1_209_600,
        kms_master_key_id: expect.stringContaining('aws_kms_key'),
        policy: expect.stringContaining('aws:SecureTransport'),
      });
    }
  });

  it('reserves concurrent executions if the environment says so', () => {
    expect(only(synth({ reservedConcurrency: 9 }), 'aws_lambda_function')).toMatchObject({
      reserved_concurrent_executions: 9,
    });
    expect(only(synth(), 'aws_lambda_function')).toMatchObject({ reserved_concurrent_executions: -1 });
  });

  it('enables tracing if the environment says so', () => {
    expect(only(synth({ tracing: true }), 'aws_lambda_function')).toMatchObject({ tracing_config: { mode: 'Active' } });
    expect(only(synth(), 'aws_lambda_function')).toMatchObject({ tracing_config: { mode: 'PassThrough' } });
  });
});
