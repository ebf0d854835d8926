import path from 'node:path';
import { only, synthesisedPipeline } from '../../test/sample-pipeline';
import { sampleEnvironment, sampleSettings } from '../../test/sample-environment';
import { ENVIRONMENTS_FOLDER, loadEnvironment } from '../environments/load-environment';
import { grafanaDashboard } from './grafana-dashboard';

type CloudWatchMetric = [namespace: string, name: string, ...rest: (string | { label: string; stat: string })[]];

describe.each([
  ['dev', sampleEnvironment()],
  ['eu-prod', loadEnvironment('eu-prod', path.join(ENVIRONMENTS_FOLDER, 'examples'))],
])('grafanaDashboard of %s', (_, environment) => {
  const dashboard = grafanaDashboard(environment, sampleSettings());
  const stack = synthesisedPipeline(environment);

  /** @returns the text, with the names of the stack's resources instead of references */
  const named = (text: string) =>
    text.replaceAll(/\$\{(aws_[a-z0-9_]+)\.([A-Za-z0-9_-]+)\.([a-z_]+)\}/g, (__, type, id, attribute) =>
      String(stack.resource[type as string]?.[id as string]?.[attribute as string]),
    );
  const body = JSON.parse(String(only(stack, 'aws_cloudwatch_dashboard')['dashboard_body'])) as {
    widgets: { type: string; properties: { title: string; region: string; metrics: CloudWatchMetric[] } }[];
  };
  const widgets = body.widgets.filter(({ type }) => type === 'metric').map(({ properties }) => properties);

  it('has every graph of the CloudWatch dashboard, with the same metrics of the deployed resources', () => {
    const wanted = widgets.map(({ title, region, metrics }) => ({
      title,
      lines: metrics.map(([namespace, name, ...rest]) => {
        const { label, stat } = rest.at(-1) as { label: string; stat: string };
        const texts = (rest.slice(0, -1) as string[]).map(named);
        const dimensions = Object.fromEntries(
          texts.flatMap((key, at) => (at % 2 === 0 ? [[key, [texts[at + 1]]]] : [])),
        ) as object;
        return { region, namespace, metricName: name, dimensions, statistic: stat, label };
      }),
    }));
    const found = dashboard.panels.map(({ title, targets }) => ({
      title,
      lines: targets.map(({ region, namespace, metricName, dimensions, statistic, label }) => ({
        region,
        namespace,
        metricName,
        dimensions,
        statistic,
        label,
      })),
    }));
    expect(found.length).toBeGreaterThan(8);
    expect(found).toEqual(wanted);
    expect(JSON.stringify(found)).not.toMatch(/\$\{aws_|undefined/);
  });

  it('has panels that do not overlap, and queries with distinct ids', () => {
    const places = dashboard.panels.map(({ gridPos: { x, y } }) => `${x}/${y}`);
    expect(new Set(places).size).toBe(places.length);
    expect(new Set(dashboard.panels.map(({ id }) => id)).size).toBe(places.length);
    for (const { gridPos, targets } of dashboard.panels) {
      expect(gridPos.x + gridPos.w).toBeLessThanOrEqual(24);
      expect(new Set(targets.map(({ refId }) => refId)).size).toBe(targets.length);
    }
  });

  it('has the data source as a variable', () => {
    expect(dashboard.templating.list).toEqual([expect.objectContaining({ name: 'datasource', query: 'cloudwatch' })]);
    for (const { datasource } of dashboard.panels) expect(datasource.uid).toBe('${datasource}');
  });

  it('can be imported again: its uid is unique, and short enough', () => {
    expect(dashboard.uid).toMatch(/^[a-zA-Z0-9_-]{1,40}$/);
  });
});
