import type { PipelineSettings } from '@ad-analytics/pipeline-settings';
import { tableDefinition } from '@ad-analytics/serving-table';
import { APPLICATION_PARTS, greenResultsName } from '../applications';
import { GRAPH_PERIOD_SECONDS, type GraphNames, graphs } from '../constructs/monitoring/graphs';
import type { Metric } from '../constructs/monitoring/metric';
import type { Environment } from '../environments/environment';
import { deploymentName, resourceName } from '../naming';

/** Schema version of the JSON model; Grafana converts older versions when it reads them. */
const SCHEMA_VERSION = 39;
const COLUMNS = 24;
const WIDTH = COLUMNS / 2;
const HEIGHT = 8;

/** The user chooses the data source at the import. */
const DATA_SOURCE = { type: 'cloudwatch', uid: '${datasource}' } as const;

/** @returns the names of the deployed resources in the graphs */
function graphNames(environment: Environment, settings: PipelineSettings): GraphNames {
  const streams = {
    impressions: settings.impressions.streamName,
    clicks: settings.clicks.streamName,
    results: settings.results.streamName,
  };
  const green = {
    application: resourceName(environment, APPLICATION_PARTS.green),
    streams: { ...streams, results: greenResultsName(settings) },
  };
  return {
    streams,
    application: resourceName(environment, APPLICATION_PARTS.blue),
    ...(environment.sideBySide === undefined ? {} : { green }),
    sink: {
      functionName: resourceName(environment, 'sink'),
      deadLetters: resourceName(environment, 'sink-dead-letters'),
      onFailure: resourceName(environment, 'sink-on-failure'),
      table: resourceName(environment, 'results'),
      indexes: (tableDefinition().GlobalSecondaryIndexes ?? []).map(({ IndexName }) => IndexName ?? ''),
    },
  };
}

/**
 * @param environment that is deployed
 * @param settings of the pipeline
 * @returns the JSON model of a Grafana dashboard with the graphs of the CloudWatch dashboard, for import
 */
export function grafanaDashboard(environment: Environment, settings: PipelineSettings) {
  const panels = graphs(graphNames(environment, settings)).map(([title, metrics], at) => ({
    id: at + 1,
    type: 'timeseries',
    title,
    gridPos: { x: (at % 2) * WIDTH, y: Math.floor(at / 2) * HEIGHT, w: WIDTH, h: HEIGHT },
    datasource: DATA_SOURCE,
    targets: Object.entries(metrics).map(([label, metric], line) => target(environment.region, label, metric, line)),
  }));
  return {
    uid: deploymentName(environment),
    title: `Ad analytics, ${environment.name}`,
    tags: ['ad-analytics', environment.name],
    schemaVersion: SCHEMA_VERSION,
    editable: true,
    time: { from: 'now-6h', to: 'now' },
    refresh: '1m',
    templating: { list: [{ name: 'datasource', label: 'Data source', type: 'datasource', query: 'cloudwatch' }] },
    panels,
  };
}

/** @returns a query of Grafana's CloudWatch data source */
function target(region: string, label: string, { namespace, name, dimensions, stat }: Metric, line: number) {
  return {
    refId: String.fromCharCode('A'.charCodeAt(0) + line),
    datasource: DATA_SOURCE,
    queryMode: 'Metrics',
    metricQueryType: 0,
    metricEditorMode: 0,
    region,
    namespace,
    metricName: name,
    dimensions: Object.fromEntries(Object.entries(dimensions).map(([key, value]) => [key, [value]])),
    matchExact: true,
    statistic: stat,
    period: String(GRAPH_PERIOD_SECONDS),
    label,
  };
}
