import { type Grant, grants, keyOf } from './grants';
import type { NamedStack } from './named-stack';
import type { TerraformResource } from './terraform-json';

/**
 * The kind of a flow: `data` of the pipeline; `failure`: records that could not be processed; `code` that is deployed; `watch`: an alarm on
 * a resource; `notify`: a message of an alarm.
 */
export type FlowKind = 'data' | 'failure' | 'code' | 'watch' | 'notify';

/** A flow between two places. A place is the key of a resource, or an actor outside the stack. */
export interface Flow {
  readonly from: string;
  readonly to: string;
  readonly kind: FlowKind;
  /** What it is. */
  readonly label: string;
  /** How much, after the label; differs by environment. */
  readonly amount?: string;
}

/** Actors outside the stack. */
export const OUTSIDE = { producers: 'producers', readers: 'readers', analysts: 'analysts', people: 'people' } as const;

const STORES = new Set([
  'aws_kinesis_stream',
  'aws_dynamodb_table',
  'aws_sqs_queue',
  'aws_s3_bucket',
  'aws_kinesis_firehose_delivery_stream',
]);

/** Services that people query with SQL. */
const ASKED = new Set(['aws_athena_workgroup', 'aws_redshiftserverless_namespace']);

const typeOf = (key: string) => key.slice(0, key.indexOf(':'));

/** @returns the flows that an IAM statement allows: to the resources that it writes, from the resources that it reads */
function allowedFlow({ principal, resource, access, actions, effect }: Grant): Flow | undefined {
  if (effect !== 'Allow' || resource === undefined || !STORES.has(typeOf(resource)) || !principal.startsWith('aws_'))
    return undefined;
  if (typeOf(principal).startsWith('aws_iam')) return undefined;
  const type = typeOf(resource);
  if (access === 'write') {
    return { from: principal, to: resource, kind: type === 'aws_sqs_queue' ? 'failure' : 'data', label: '' };
  }
  if (access !== 'read') return undefined;
  const code = actions.some((action) => action === 's3:GetObjectVersion');
  return { from: resource, to: principal, kind: code ? 'code' : 'data', label: code ? 'code' : '' };
}

const value = (args: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((at, name) => {
    const one: unknown = Array.isArray(at) ? at[0] : at;
    return typeof one === 'object' && one !== null ? (one as Record<string, unknown>)[name] : undefined;
  }, args);

/** @returns the flows of an event source mapping: batches to the function, and failed batches to a queue */
function mappingFlows({ args }: TerraformResource, stack: NamedStack): Flow[] {
  const [source, target] = [stack.named(args['event_source_arn']), stack.named(args['function_name'])];
  const queue = stack.named(value(args, 'destination_config.on_failure.destination_arn'));
  if (source === undefined || target === undefined) return [];
  const amount = String(args['batch_size'] ?? 100);
  return [
    { from: keyOf(source), to: keyOf(target), kind: 'data', label: 'batches', amount: `of ${amount}` },
    ...(queue === undefined
      ? []
      : [
          {
            from: keyOf(source),
            to: keyOf(queue),
            kind: 'failure' as const,
            label: 'given up',
            amount: `after ${String(args['maximum_retry_attempts'] ?? 'all')} tries`,
          },
        ]),
  ];
}

function deliveryFlows(delivery: TerraformResource, stack: NamedStack): Flow[] {
  const source = stack.named(value(delivery.args, 'kinesis_source_configuration.kinesis_stream_arn'));
  const iceberg = value(delivery.args, 'iceberg_configuration') !== undefined;
  const destination = iceberg ? 'iceberg_configuration.s3_configuration' : 'extended_s3_configuration';
  const bucket = stack.named(value(delivery.args, `${destination}.bucket_arn`));
  const errors = value(delivery.args, `${destination}.error_output_prefix`);
  const format = value(delivery.args, 'extended_s3_configuration.data_format_conversion_configuration');
  const label = iceberg ? 'Iceberg' : format === undefined ? 'as it came' : 'Parquet';
  const key = keyOf(delivery);
  return [
    ...(source === undefined ? [] : [{ from: keyOf(source), to: key, kind: 'data' as const, label: '' }]),
    ...(bucket === undefined
      ? []
      : [
          {
            from: key,
            to: keyOf(bucket),
            kind: 'data' as const,
            label,
          },
          ...(typeof errors === 'string'
            ? [
                {
                  from: key,
                  to: keyOf(bucket),
                  kind: 'failure' as const,
                  label: `${errors.split('/')[0] ?? ''}/`,
                },
              ]
            : []),
        ]),
  ];
}

/** @returns the flow from an alarm to its topic */
function alarmFlows(alarm: TerraformResource, stack: NamedStack): Flow[] {
  const actions = alarm.args['alarm_actions'];
  const topics = Array.isArray(actions) ? actions.map((action) => stack.named(action)) : [];
  return topics.flatMap((topic) =>
    topic === undefined ? [] : [{ from: keyOf(alarm), to: keyOf(topic), kind: 'notify' as const, label: '' }],
  );
}

/** @returns the flows to Athena: from the buckets with the tables of the catalogue */
function queryFlows(stack: NamedStack): Flow[] {
  const tables = stack.resources.filter(({ type }) => type === 'aws_glue_catalog_table');
  const buckets = new Set(
    tables
      .map(({ args }) => stack.named(value(args, 'storage_descriptor.location')))
      .filter((bucket) => bucket?.type === 'aws_s3_bucket'),
  );
  const workgroups = stack.resources.filter(({ type }) => type === 'aws_athena_workgroup');
  return [...buckets].flatMap((bucket) =>
    bucket === undefined
      ? []
      : workgroups.map((workgroup): Flow => ({ from: keyOf(bucket), to: keyOf(workgroup), kind: 'data', label: '' })),
  );
}

/**
 * @returns flows from and to actors outside: to resources that nothing in the stack writes, from resources that nothing in the stack reads
 * */
function outsideFlows(flows: readonly Flow[], stack: NamedStack): Flow[] {
  return stack.resources.flatMap((resource): Flow[] => {
    const key = keyOf(resource);
    if (resource.type === 'aws_sns_topic') return [{ from: key, to: OUTSIDE.people, kind: 'notify', label: 'mail' }];
    if (resource.type === 'aws_kinesis_stream' && !flows.some(({ to }) => to === key))
      return [{ from: OUTSIDE.producers, to: key, kind: 'data', label: '' }];
    if (resource.type === 'aws_dynamodb_table' && !flows.some(({ from }) => from === key))
      return [{ from: key, to: OUTSIDE.readers, kind: 'data', label: '' }];
    if (ASKED.has(resource.type)) return [{ from: key, to: OUTSIDE.analysts, kind: 'data', label: '' }];
    return [];
  });
}

/** @returns the flows without unlabelled ones that duplicate a labelled flow between the same places */
function withoutDoubles(flows: readonly Flow[]): Flow[] {
  const best = new Map<string, Flow>();
  for (const flow of flows) {
    const id = `${flow.from} ${flow.to} ${flow.kind}`;
    const known = best.get(id);
    if (known === undefined || known.label === '') best.set(id, flow);
  }
  return [...best.values()];
}

/**
 * @param stack synthesised stack
 * @returns its flows, derived from policies and from the connections of resources
 */
export function flowsOf(stack: NamedStack): Flow[] {
  const flows: Flow[] = [];
  for (const resource of stack.resources) {
    if (resource.type === 'aws_lambda_event_source_mapping') flows.push(...mappingFlows(resource, stack));
    if (resource.type === 'aws_kinesis_firehose_delivery_stream') flows.push(...deliveryFlows(resource, stack));
    if (resource.type === 'aws_cloudwatch_metric_alarm') flows.push(...alarmFlows(resource, stack));
  }
  // A failed batch is sent by the mapping, although the function's role allows it.
  const ofMappings = new Set(flows.filter(({ kind }) => kind === 'failure').map(({ to }) => to));
  for (const grant of grants(stack)) {
    const flow = allowedFlow(grant);
    if (flow === undefined || (flow.kind === 'failure' && ofMappings.has(flow.to))) continue;
    // Writing to a bucket needs read permissions; this is not a flow out of it.
    if (
      flow.kind === 'data' &&
      flow.from.startsWith('aws_s3_bucket:') &&
      flows.some(({ from, to }) => from === flow.to && to === flow.from)
    )
      continue;
    flows.push(flow);
  }
  flows.push(...queryFlows(stack));
  return withoutDoubles([...flows, ...outsideFlows(flows, stack)]);
}
