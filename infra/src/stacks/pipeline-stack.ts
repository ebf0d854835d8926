import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { pipelineSettings, type PropertyGroup } from '@ad-analytics/pipeline-settings';
import { applicationProperties, greenProperties, knownToBlue } from '../application-properties';
import type { Artefacts } from '../artefacts/artefacts';
import { Archive } from '../constructs/archive';
import { archiveAlarms, icebergAlarms } from '../constructs/archive-alarms';
import { ArtefactStore, type StoredArtefact } from '../constructs/artefact-store';
import { Budget } from '../constructs/budget';
import { EncryptionKey } from '../constructs/encryption-key';
import { EventStreams } from '../constructs/event-streams';
import { FlinkApplication, type FlinkApplicationProps } from '../constructs/flink-application';
import { Alarms } from '../constructs/monitoring/alarms';
import { counterAlarms } from '../constructs/monitoring/counter-alarms';
import { Dashboard } from '../constructs/monitoring/dashboard';
import { greenAlarms } from '../constructs/monitoring/green-alarms';
import { jobAlarms } from '../constructs/monitoring/job-alarms';
import { qualityAlarms } from '../constructs/monitoring/quality-alarms';
import { sinkAlarms } from '../constructs/monitoring/sink-alarms';
import { streamAlarms } from '../constructs/monitoring/stream-alarms';
import { OutputSink } from '../constructs/output-sink';
import { PrivateNetwork } from '../constructs/private-network';
import { RedshiftWarehouse } from '../constructs/redshift-warehouse';
import { SnapshotSchedule } from '../constructs/snapshot-schedule';
import { ServingTable } from '../constructs/serving-table';
import type { Environment } from '../environments/environment';
import { PIPELINE, useState } from './state';
import { useAws } from './use-aws';

export interface PipelineStackProps {
  readonly environment: Environment;
  /** Content of flink/kinesis-config.json. */
  readonly groups: readonly PropertyGroup[];
  readonly artefacts: Artefacts;
}

/** Shared by both versions of the job. */
type JobProps = Omit<FlinkApplicationProps, 'version' | 'properties' | 'code' | 'results'>;

/** The complete pipeline of one environment. It only combines constructs, which contain the details of each service. */
export class PipelineStack extends TerraformStack {
  constructor(scope: Construct, id: string, { environment: wanted, groups, artefacts }: PipelineStackProps) {
    super(scope, id);
    useAws(this, wanted);
    useState(this, wanted, PIPELINE);
    const environment = this.placed(wanted);
    const properties = applicationProperties(groups, environment);
    const settings = pipelineSettings(properties);
    const key = new EncryptionKey(this, 'encryption-key', { environment });
    const streams = new EventStreams(this, 'event-streams', { environment, settings, key });
    const store = new ArtefactStore(this, 'artefacts', { environment, key });
    const jobCode = store.put('flink', artefacts.flinkZip);
    const table = new ServingTable(this, 'serving-table', { environment, key });
    const sink = new OutputSink(this, 'output-sink', {
      environment,
      artefacts: store,
      code: store.put('output-sink', artefacts.sinkZip),
      streams,
      table,
      key,
    });
    const archive = new Archive(this, 'archive', { environment, streams, key });
    const jobs = { environment, artefacts: store, streams, key, consumers: [sink.mapping, archive.delivery] };
    const flink = new FlinkApplication(this, 'flink', {
      ...jobs,
      version: 'blue',
      properties: knownToBlue(properties, environment),
      code: { ...jobCode, versionId: environment.flink.codeVersion ?? jobCode.versionId },
      results: streams.results,
    });
    if (environment.warehouse !== undefined) {
      new RedshiftWarehouse(this, 'warehouse', { environment, settings: environment.warehouse, streams, key });
    }
    const alarms = new Alarms(this, 'alarms', { environment, key });
    const sinkNames = {
      functionName: sink.functionName,
      deadLetters: sink.deadLetters.name,
      onFailure: sink.onFailure.name,
      table: table.table.name,
      indexes: table.indexes,
    };
    alarms.add(
      ...streamAlarms(environment, streams.names),
      ...jobAlarms(environment, flink.name),
      ...counterAlarms(environment, flink.name, streams.names, settings.eventTime.maxFutureSeconds),
      ...qualityAlarms(environment, streams.names),
      ...sinkAlarms(environment, sinkNames),
      ...archiveAlarms(environment, archive.deliveryName),
      ...(archive.iceberg === undefined ? [] : icebergAlarms(environment, archive.iceberg.deliveryName)),
    );
    const green = this.addGreen(jobs, jobCode, groups);
    if (green !== undefined) alarms.add(...greenAlarms(environment, green.names, green.maxFutureSeconds));
    if (environment.flink.snapshots !== undefined) {
      const snapshots = new SnapshotSchedule(this, 'snapshots', {
        environment,
        settings: environment.flink.snapshots,
        application: flink.name,
      });
      alarms.add(...snapshots.alarms);
    }
    new Dashboard(this, 'dashboard', {
      environment,
      streams: streams.names,
      application: flink.name,
      green: green?.names,
      sink: sinkNames,
      alarmArns: alarms.arns,
    });
    new Budget(this, 'budget', { environment, settings: environment.budget, topicArn: alarms.topicArn });
  }

  /** Adds the second version of the job, if the environment has one. */
  private addGreen(jobs: JobProps, code: StoredArtefact, groups: readonly PropertyGroup[]) {
    const { environment, streams } = jobs;
    const { sideBySide } = environment;
    const { greenResults } = streams;
    if (sideBySide === undefined || greenResults === undefined) return undefined;
    const properties = greenProperties(groups, environment, sideBySide);
    const { name } = new FlinkApplication(this, 'green', {
      ...jobs,
      version: 'green',
      properties,
      code: { ...code, versionId: sideBySide.codeVersion ?? code.versionId },
      results: greenResults,
    });
    const settings = pipelineSettings(properties);
    return {
      names: { application: name, streams: { ...streams.names, results: settings.results.streamName } },
      maxFutureSeconds: settings.eventTime.maxFutureSeconds,
    };
  }

  /** @returns the environment; if a network is created for it, with that network */
  private placed(environment: Environment): Environment {
    if (environment.ownNetwork === undefined) return environment;
    const settings = environment.ownNetwork;
    return { ...environment, network: new PrivateNetwork(this, 'network', { environment, settings }).placement };
  }
}
