import { type CostLine, GB, HOURS, SECONDS, costLine } from '../cost-line';
import type { Deployment } from '../deployment';
import { figure } from '../figures';
import { type Workload, allResults } from '../workload';

const SERVICE = 'VPC endpoints';

/**
 * @param load of the pipeline
 * @param deployment with its endpoints
 * @returns lines of the interface endpoints; none if the environment has no network. The gateways of S3 and DynamoDB are free, and Lambda
 *   reads the stream outside the network
 */
export function networkLines(load: Workload, { endpoints }: Deployment): CostLine[] {
  if (endpoints === 0) return [];
  const bytesPerSecond = [load.impressions, load.clicks, allResults(load)].reduce(
    (sum, { perSecond, bytes }) => sum + perSecond * bytes,
    0,
  );
  const gigabytes = (bytesPerSecond * SECONDS) / GB;
  return [
    costLine({
      service: SERVICE,
      item: 'interface endpoints in their zones',
      price: 'endpointHour',
      quantity: endpoints * HOURS,
      arithmetic: `${endpoints} endpoints and zones × ${HOURS} h`,
    }),
    costLine({
      service: SERVICE,
      item: 'what the job reads and writes',
      price: 'endpointData',
      quantity: gigabytes,
      arithmetic: `${figure(bytesPerSecond)} B/s of events and results × ${figure(SECONDS)} s`,
    }),
  ];
}
