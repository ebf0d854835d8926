import type { Assumptions } from '../assumptions';
import { type CostLine, HOURS, costLine } from '../cost-line';
import type { Deployment } from '../deployment';
import { percent } from '../figures';

const SERVICE = 'Redshift Serverless';

/** @returns lines of the warehouse; none without */
export function redshiftLines({ redshift }: Deployment, { redshiftAwake }: Assumptions): CostLine[] {
  if (redshift === undefined) return [];
  return [
    costLine({
      service: SERVICE,
      item: 'compute while it is awake',
      price: 'redshiftRpuHour',
      quantity: redshift.baseRpu * HOURS * redshiftAwake,
      arithmetic: `${redshift.baseRpu} RPU × ${HOURS} h × ${percent(redshiftAwake)} awake`,
    }),
  ];
}
