import {
  GetFunctionConfigurationCommand,
  type EventSourceMappingConfiguration,
  type LambdaClient,
  ListEventSourceMappingsCommand,
  UpdateEventSourceMappingCommand,
} from '@aws-sdk/client-lambda';
import { checkedSettings, type MappingSettings } from '@ad-analytics/event-source-mapping/mapping-settings';

/** The configuration of the sink's function in Lambda. */
export interface DeployedSink {
  readonly functionArn: string;
  readonly roleArn: string;
  readonly timeoutMs: number;
  readonly environment: Readonly<Record<string, string>>;
  /** SHA-256 of its zip, base64. */
  readonly codeSha256: string;
  readonly mapping: {
    readonly id: string;
    /** Stream that it reads. */
    readonly streamArn: string;
    readonly settings: MappingSettings;
    /** ARN of the queue for discarded batches. */
    readonly onFailureArn: string;
  };
}

function settingsOf(mapping: EventSourceMappingConfiguration): MappingSettings {
  // A missing value stays undefined; 0 or false would look like a setting.
  return checkedSettings({
    batchSize: mapping.BatchSize ?? Number.NaN,
    maximumBatchingWindowInSeconds: mapping.MaximumBatchingWindowInSeconds ?? Number.NaN,
    maximumRetryAttempts: mapping.MaximumRetryAttempts ?? Number.NaN,
    maximumRecordAgeInSeconds: mapping.MaximumRecordAgeInSeconds ?? Number.NaN,
    bisectBatchOnFunctionError: mapping.BisectBatchOnFunctionError === true,
    reportBatchItemFailures: mapping.FunctionResponseTypes?.includes('ReportBatchItemFailures') === true,
    startingPosition: mapping.StartingPosition as MappingSettings['startingPosition'],
  });
}

/**
 * @param client of Lambda
 * @param name of the function
 * @returns its configuration and its only event source mapping
 * @throws {Error} when it has none, or several
 */
export async function describeSink(client: LambdaClient, name: string): Promise<DeployedSink> {
  const configuration = await client.send(new GetFunctionConfigurationCommand({ FunctionName: name }));
  const { EventSourceMappings: mappings = [] } = await client.send(
    new ListEventSourceMappingsCommand({ FunctionName: name }),
  );
  const [mapping] = mappings;
  if (mapping === undefined || mappings.length > 1) {
    throw new Error(`${name} must have one event source mapping, and has ${mappings.length}`);
  }
  return {
    functionArn: configuration.FunctionArn ?? '',
    roleArn: configuration.Role ?? '',
    timeoutMs: (configuration.Timeout ?? 0) * 1_000,
    environment: configuration.Environment?.Variables ?? {},
    codeSha256: configuration.CodeSha256 ?? '',
    mapping: {
      id: mapping.UUID ?? '',
      streamArn: mapping.EventSourceArn ?? '',
      settings: settingsOf(mapping),
      onFailureArn: mapping.DestinationConfig?.OnFailure?.Destination ?? '',
    },
  };
}

/** Stops the emulator's own mapping, which loses failed records; the project's mapping replaces it. */
export async function disableMapping(client: LambdaClient, id: string): Promise<void> {
  await client.send(new UpdateEventSourceMappingCommand({ UUID: id, Enabled: false }));
}
