import { RECORD_TYPES, RESULT_DEFINITIONS, type RecordType } from '@ad-analytics/event-schemas';
import { type CostLine, GB, SECONDS, costLine } from '../cost-line';
import type { Deployment } from '../deployment';
import { figure } from '../figures';
import type { ResultFlow, Workload } from '../workload';

const SERVICE = 'DynamoDB (serving table)';
const DAY = 86_400;

/** @returns write request units of a new item of the type, table and indexes */
export function writeUnits({ writeUnits: { table, bySubject, byTime } }: ResultFlow): number {
  return table + bySubject + byTime;
}

/** @returns write request units a second of all types */
export function writeUnitsPerSecond({ results }: Workload): number {
  return Object.values(results).reduce((sum, flow) => sum + flow.perSecond * writeUnits(flow), 0);
}

function writes(type: RecordType, flow: ResultFlow): CostLine {
  const { table, bySubject, byTime } = flow.writeUnits;
  return costLine({
    service: SERVICE,
    item: `writes of ${type}`,
    price: 'dynamodbWrite',
    quantity: flow.perSecond * writeUnits(flow) * SECONDS,
    arithmetic: `${figure(flow.perSecond)}/s × (${figure(table)} table + ${figure(bySubject)} by-subject + ${figure(byTime)} by-time) × ${figure(SECONDS)} s`,
  });
}

/** @returns lines of the table in the steady state, when items expire as fast as new ones are added; none without a table */
export function dynamodbLines(load: Workload, { table }: Deployment): CostLine[] {
  if (table === undefined) return [];
  const stored = (of: 'table' | 'all') =>
    RECORD_TYPES.reduce((sum, type) => {
      const { perSecond, storedBytes } = load.results[type];
      const { retentionDays } = RESULT_DEFINITIONS[type].serving;
      return sum + (perSecond * retentionDays * DAY * storedBytes[of]) / GB;
    }, 0);
  return [
    ...RECORD_TYPES.filter((type) => load.results[type].perSecond > 0).map((type) => writes(type, load.results[type])),
    costLine({
      service: SERVICE,
      item: 'storage, table and indexes',
      price: 'dynamodbStorage',
      quantity: stored('all'),
      arithmetic: 'each type: results/s × days until it expires × bytes',
    }),
    ...(table.pointInTimeRecovery
      ? [
          costLine({
            service: SERVICE,
            item: 'point-in-time recovery, table without indexes',
            price: 'dynamodbPitr',
            quantity: stored('table'),
            arithmetic: 'the same, without the indexes',
          }),
        ]
      : []),
  ];
}
