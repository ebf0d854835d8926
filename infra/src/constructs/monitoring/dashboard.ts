import { CloudwatchDashboard } from '@cdktf/provider-aws/lib/cloudwatch-dashboard';
import { Construct } from 'constructs';
import type { Environment } from '../../environments/environment';
import { resourceName } from '../../naming';
import { GRAPH_PERIOD_SECONDS, type GraphNames, graphs } from './graphs';

const COLUMNS = 24;
const HALF = COLUMNS / 2;
const HEIGHT = 6;

export interface DashboardProps extends GraphNames {
  readonly environment: Environment;
  readonly alarmArns: readonly string[];
}

/** The CloudWatch dashboard: shows whether the pipeline works, and where it does not. */
export class Dashboard extends Construct {
  constructor(scope: Construct, id: string, props: DashboardProps) {
    super(scope, id);
    const { environment, alarmArns } = props;
    const alarms = {
      type: 'alarm',
      x: 0,
      y: 0,
      width: COLUMNS,
      height: 4,
      properties: { title: 'Alarms', alarms: alarmArns },
    };
    const widgets = graphs(props).map(([title, metrics], at) => ({
      type: 'metric',
      x: (at % 2) * HALF,
      y: 4 + Math.floor(at / 2) * HEIGHT,
      width: HALF,
      height: HEIGHT,
      properties: {
        title,
        region: environment.region,
        period: GRAPH_PERIOD_SECONDS,
        metrics: Object.entries(metrics).map(([label, { namespace, name, dimensions, stat }]) => [
          namespace,
          name,
          ...Object.entries(dimensions).flat(),
          { label, stat },
        ]),
      },
    }));
    new CloudwatchDashboard(this, 'dashboard', {
      dashboardName: resourceName(environment, 'pipeline'),
      dashboardBody: JSON.stringify({ widgets: [alarms, ...widgets] }),
    });
  }
}
