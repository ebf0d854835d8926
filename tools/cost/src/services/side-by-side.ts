import type { Assumptions } from '../assumptions';
import type { CostLine } from '../cost-line';
import type { Deployment } from '../deployment';
import { type Workload, allResults } from '../workload';
import { flinkLines } from './flink';
import { streamLines } from './kinesis';

/**
 * @returns lines of the second version of the job and of its results stream; none if there is one version. The lines of the streams
 * include its reading of the events
 */
export function sideBySideLines(load: Workload, deployment: Deployment, assumptions: Assumptions): CostLine[] {
  if (!deployment.sideBySide) return [];
  // After the switch of the sink, Lambda reads it; archive and warehouse read the first version.
  const results = { role: 'results', flow: allResults(load), readers: ['Lambda'] } as const;
  return [...flinkLines(load, deployment, assumptions), ...streamLines(results, deployment.streams, assumptions)].map(
    (line) => ({ ...line, item: `green: ${line.item}` }),
  );
}
