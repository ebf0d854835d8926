import { sampleEnvironment } from '../../test/sample-environment';
import { statementsOf } from '../../test/iam-statements';
import { only, synthesisedPipeline } from '../../test/sample-pipeline';
import type { Environment } from '../environments/environment';

const application = (parts: Partial<Environment> = {}) =>
  only(synthesisedPipeline(sampleEnvironment(parts)), 'aws_kinesisanalyticsv2_application');

describe('FlinkApplication', () => {
  it('runs on Flink 1.20 and is not started by the deployment', () => {
    expect(application()).toMatchObject({ runtime_environment: 'FLINK-1_20', application_mode: 'STREAMING' });
    expect(application()).not.toHaveProperty('start_application');
  });

  it('takes its code from the bucket, in exactly one version', () => {
    expect(application()).toMatchObject({
      application_configuration: {
        application_code_configuration: {
          code_content_type: 'ZIPFILE',
          code_content: {
            s3_content_location: {
              file_key: expect.stringMatching(/^\$\{aws_s3_object\..*\.key\}$/),
              object_version: expect.stringMatching(/^\$\{aws_s3_object\..*\.version_id\}$/),
            },
          },
        },
      },
    });
  });

  it('stays at an earlier version of its code if the environment says so, although the built zip is uploaded', () => {
    const pipeline = synthesisedPipeline(
      sampleEnvironment({ flink: { ...sampleEnvironment().flink, codeVersion: '3sL4kqtJlcpXroDTDm' } }),
    );
    expect(JSON.stringify(only(pipeline, 'aws_kinesisanalyticsv2_application'))).toContain(
      '"object_version":"3sL4kqtJlcpXroDTDm"',
    );
    expect(pipeline.all('aws_s3_object').map(({ key }) => key)).toContain('flink/flink.zip');
  });

  it('is deployed after the consumers of its results, because an old sink would set results of a newer schema aside', () => {
    const depends = application()['depends_on'] as string[];
    expect(depends).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^aws_lambda_event_source_mapping\./),
        expect.stringMatching(/^aws_kinesis_firehose_delivery_stream\./),
      ]),
    );
  });

  it('has a timeout for an update that takes a snapshot and is rolled back', () => {
    expect(application()['timeouts']).toEqual({ create: '30m', update: '30m', delete: '30m' });
  });

  it('takes snapshots, and continues from the latest one with all state', () => {
    expect(application()).toMatchObject({
      application_configuration: {
        application_snapshot_configuration: { snapshots_enabled: true },
        run_configuration: {
          application_restore_configuration: { application_restore_type: 'RESTORE_FROM_LATEST_SNAPSHOT' },
          flink_run_configuration: { allow_non_restored_state: false },
        },
      },
    });
    // A manual start changes this setting, and the next deployment must reset it; otherwise a later update would start in the same way.
    expect(application()['lifecycle']).toEqual({ prevent_destroy: sampleEnvironment().protectData });
  });

  it('has the settings of the environment', () => {
    const { flink } = sampleEnvironment();
    const settings = {
      ...flink,
      parallelism: 6,
      parallelismPerKpu: 2,
      autoScaling: true,
      checkpointIntervalSeconds: 30,
      minPauseSeconds: 3,
      logLevel: 'WARN',
      metricsLevel: 'TASK',
    } as const;
    expect(application({ flink: settings })).toMatchObject({
      application_configuration: {
        flink_application_configuration: {
          checkpoint_configuration: {
            configuration_type: 'CUSTOM',
            checkpointing_enabled: true,
            checkpoint_interval: 30_000,
            min_pause_between_checkpoints: 3_000,
          },
          monitoring_configuration: { configuration_type: 'CUSTOM', log_level: 'WARN', metrics_level: 'TASK' },
          parallelism_configuration: {
            configuration_type: 'CUSTOM',
            parallelism: 6,
            parallelism_per_kpu: 2,
            auto_scaling_enabled: true,
          },
        },
      },
    });
  });

  it('is in the network of the environment, if it has one, and may create interfaces only there', () => {
    expect(application()['application_configuration']).not.toHaveProperty('vpc_configuration');
    const network = { subnetIds: ['subnet-1a', 'subnet-2b'], securityGroupIds: ['sg-3c'] };
    const stack = synthesisedPipeline(sampleEnvironment({ network }));
    expect(only(stack, 'aws_kinesisanalyticsv2_application')).toMatchObject({
      application_configuration: {
        vpc_configuration: { subnet_ids: network.subnetIds, security_group_ids: network.securityGroupIds },
      },
    });
    const placing = statementsOf(stack).filter(({ sid }) => sid === 'PlaceInterfaces');
    expect(placing).toHaveLength(2);
    for (const { resources } of placing) {
      expect(resources.map((arn) => arn.slice(arn.lastIndexOf(':') + 1))).toEqual([
        'network-interface/*',
        'subnet/subnet-1a',
        'subnet/subnet-2b',
        'security-group/sg-3c',
      ]);
    }
  });

  it('may read only the input streams and write only the results', () => {
    const statements = statementsOf(synthesisedPipeline(sampleEnvironment()));
    const of = (sid: string) =>
      statements.filter((statement) => statement.sid === sid && statement.place.includes('.flink'));
    expect(of('ReadEvents').map(({ resources }) => resources)).toEqual([
      [expect.stringContaining('impressions'), expect.stringContaining('clicks')],
    ]);
    expect(of('WriteResults').map(({ resources }) => resources)).toEqual([[expect.stringContaining('results')]]);
    expect(of('ReadEvents').flatMap(({ actions }) => actions.filter((action) => action.includes('Put')))).toEqual([]);
  });

  describe('with pseudonyms', () => {
    const { flink } = sampleEnvironment();
    const ARN = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:pseudonyms-AbCdEf';
    const withSecret = (secret: string) => {
      const settings = { Privacy: { 'privacy.user.ids': 'hmac', 'privacy.key.secret': secret } };
      return synthesisedPipeline(sampleEnvironment({ flink: { ...flink, settings } }));
    };
    const reading = (stack: ReturnType<typeof withSecret>) =>
      statementsOf(stack).filter(({ actions }) => actions.some((action) => action.startsWith('secretsmanager:')));

    it('may read exactly the secret of the key', () => {
      const [statement, ...more] = reading(withSecret(ARN));
      expect(more).toEqual([]);
      expect(statement).toMatchObject({ actions: ['secretsmanager:GetSecretValue'], resources: [ARN] });
      expect(statement?.place).toContain('.flink');
    });

    it('may read the secret of a name, whose ARN has six characters more', () => {
      const [statement] = reading(withSecret('pseudonyms'));
      expect(statement?.resources).toEqual([
        expect.stringMatching(/:secretsmanager:us-east-1:.*:secret:pseudonyms-\?{6}$/),
      ]);
    });

    it('has the name of the secret in its properties, and nothing else of the key', () => {
      expect(JSON.stringify(only(withSecret(ARN), 'aws_kinesisanalyticsv2_application'))).toContain(ARN);
    });

    it('may not read secrets without them', () => {
      expect(reading(synthesisedPipeline(sampleEnvironment()))).toEqual([]);
    });
  });
});
