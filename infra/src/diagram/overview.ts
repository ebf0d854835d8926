import type { Architecture, ArchitectureResource } from './architecture';
import type { Drawing, Role, Shape } from './drawing';
import { OUTSIDE, type Flow, type FlowKind } from './flows';
import { EXAMPLE } from './synthesised-stacks';
import { type Direction, type GraphEdge, type GraphNode, layOut } from './layout';

const ROLES: Readonly<Record<string, Role>> = {
  aws_kinesis_stream: 'stream',
  aws_kinesisanalyticsv2_application: 'compute',
  aws_lambda_function: 'compute',
  aws_kinesis_firehose_delivery_stream: 'compute',
  aws_dynamodb_table: 'store',
  aws_s3_bucket: 'archive',
  aws_glue_catalog_table: 'archive',
  aws_athena_workgroup: 'archive',
  aws_redshiftserverless_workgroup: 'archive',
  aws_redshiftserverless_namespace: 'archive',
  aws_iam_role: 'compute',
  aws_sqs_queue: 'failure',
};

/** Short names of the services. */
const CAPTIONS: Readonly<Record<string, string>> = {
  aws_kinesis_stream: 'Kinesis stream',
  aws_kinesisanalyticsv2_application: 'Managed Flink',
  aws_lambda_function: 'Lambda',
  aws_kinesis_firehose_delivery_stream: 'Data Firehose',
  aws_dynamodb_table: 'DynamoDB table',
  aws_s3_bucket: 'S3 bucket',
  aws_glue_catalog_table: 'Glue table',
  aws_athena_workgroup: 'Athena',
  aws_redshiftserverless_workgroup: 'Redshift Serverless',
  aws_redshiftserverless_namespace: 'Redshift Serverless',
  aws_iam_role: 'role',
  aws_sqs_queue: 'SQS queue',
};

const PEOPLE: Readonly<Record<string, { caption: string; name: string }>> = {
  [OUTSIDE.producers]: { caption: 'outside', name: 'Producers of ad events' },
  [OUTSIDE.readers]: { caption: 'outside', name: 'Dashboard, services' },
  [OUTSIDE.analysts]: { caption: 'outside', name: 'Analysts' },
  [OUTSIDE.people]: { caption: 'outside', name: 'On call' },
};

/**
 * @param key of the place
 * @param resources of the architecture, by key
 * @param environments all environments: a box says if only some of them have the resource
 * @returns its box
 */
export function nodeOf(
  key: string,
  resources: ReadonlyMap<string, ArchitectureResource>,
  environments: readonly string[],
): GraphNode {
  const person = PEOPLE[key];
  if (person !== undefined) return { id: key, role: 'outside', ...person };
  const resource = resources.get(key);
  const type = resource?.type ?? '';
  const part = resource?.key.split('/').at(-1) ?? '';
  const everywhere = resource === undefined || resource.environments.length === environments.length;
  const optional = resource?.environments.every((environment) => environment === EXAMPLE) === true;
  const lines = everywhere ? [] : [optional ? 'optional' : `only in ${resource.environments.join(', ')}`];
  // A stream is labelled with its content, because its own name is not descriptive.
  const named =
    type === 'aws_kinesis_stream'
      ? { name: part, lines: [resource?.name ?? '', ...lines] }
      : { name: shortName(resource), lines };
  return { id: key, role: ROLES[type] ?? 'quiet', caption: CAPTIONS[type] ?? type, ...named };
}

/** @returns the name without the common prefix */
function shortName(resource: ArchitectureResource | undefined): string {
  return (resource?.name ?? '').replace('ad-analytics-<env>-', '').replace('-<account>', '');
}

const ROLE_OF_FLOW: Readonly<Record<FlowKind, Role>> = {
  data: 'data',
  failure: 'failure',
  code: 'quiet',
  watch: 'watch',
  notify: 'watch',
};

/** @returns the arrow of a flow, with or without the amount */
function edgeOf({ from, to, kind, label, amount }: Flow, amounts: boolean): GraphEdge {
  return {
    from,
    to,
    role: ROLE_OF_FLOW[kind],
    dashed: kind !== 'data',
    label: amounts ? [label, amount ?? ''].join(' ').trim() : label,
  };
}

/** Legend of the lines. */
interface LegendKey {
  readonly kind: FlowKind;
  readonly text: string;
}

const LEGEND: readonly LegendKey[] = [
  { kind: 'data', text: 'data' },
  { kind: 'failure', text: 'records that could not be processed' },
  { kind: 'code', text: 'what is deployed' },
];
const MARGIN = 16;
const LEGEND_HEIGHT = 34;
const LEGEND_SIZE = 10;

/** @returns the picture with margins, and with the legend below */
function framed(drawing: Drawing, legend = LEGEND): Drawing {
  const moved = drawing.shapes.map((shape): Shape => {
    if (shape.kind === 'line')
      return { ...shape, points: shape.points.map(({ x, y }) => ({ x: x + MARGIN, y: y + MARGIN })) };
    return { ...shape, x: shape.x + MARGIN, y: shape.y + MARGIN };
  });
  const y = drawing.height + 2 * MARGIN + LEGEND_HEIGHT / 2 - 6;
  let x = MARGIN;
  const keys = legend.flatMap(({ kind, text }): Shape[] => {
    const start = x;
    const role = ROLE_OF_FLOW[kind];
    const dashed = kind !== 'data';
    x += 60 + text.length * 5.2 + 24;
    return [
      {
        kind: 'line',
        role,
        dashed,
        points: [
          { x: start, y },
          { x: start + 44, y },
        ],
      },
      {
        kind: 'text',
        role: 'caption',
        x: start + 52,
        y: y + 3.5,
        size: LEGEND_SIZE,
        bold: false,
        anchor: 'start',
        text,
      },
    ];
  });
  return {
    ...drawing,
    width: Math.max(drawing.width + 2 * MARGIN, x),
    height: drawing.height + 2 * MARGIN + LEGEND_HEIGHT,
    shapes: [...moved, ...keys],
  };
}

/** @returns the flows of the kinds, and the places that they touch */
function graphOf(
  { resources, flows, environments }: Architecture,
  kinds: readonly FlowKind[],
  amounts: boolean,
): { nodes: GraphNode[]; edges: GraphEdge[] } {
  const byKey = new Map(resources.map((resource) => [resource.key, resource]));
  const drawn = flows.filter(({ kind }) => kinds.includes(kind));
  const keys = [...new Set(drawn.flatMap(({ from, to }) => [from, to]))];
  return {
    nodes: keys.map((key) => nodeOf(key, byKey, environments)),
    edges: drawn.map((flow) => edgeOf(flow, amounts)),
  };
}

/** The content of a picture. */
export interface PictureOptions {
  /** The kinds of flows. */
  readonly kinds: readonly FlowKind[];
  /** Whether to include the amounts. */
  readonly amounts: boolean;
  readonly title: string;
  /** Direction; default: to the right. */
  readonly direction?: Direction;
}

/** @returns a picture of the flows of some kinds, and of the places that they connect */
export async function picture(
  architecture: Architecture,
  { kinds, amounts, title, direction }: PictureOptions,
): Promise<Drawing> {
  const { nodes, edges } = graphOf(architecture, kinds, amounts);
  const names = new Map(nodes.map(({ id, name }) => [id, name]));
  const steps = edges.map(({ from, to, label }) =>
    [`${names.get(from)} to ${names.get(to)}`, ...(label === '' ? [] : [`(${label})`])].join(' '),
  );
  return framed(
    await layOut(nodes, edges, title, `${steps.join('; ')}.`, direction === undefined ? {} : { direction }),
    LEGEND.filter(({ kind }) => kinds.includes(kind)),
  );
}

/**
 * @param architecture what is deployed
 * @param direction of the picture
 * @returns an overview of the data flow and of the failure paths
 */
export function overview(architecture: Architecture, direction: Direction = 'RIGHT'): Promise<Drawing> {
  return picture(architecture, {
    kinds: ['data', 'failure'],
    amounts: false,
    title: 'Data flow of the ad analytics pipeline',
    direction,
  });
}
