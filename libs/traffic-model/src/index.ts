export type { Emission, TrafficStream } from './delivery';
export { type ExpectedTotals, GroundTruth, type StreamTotals } from './ground-truth';
export { type Anomaly, ATTACKS, type Attack, HARD_NEGATIVES, type HardNegative, type Label } from './label';
export { MALFORMED_KINDS, type MalformedKind } from './label';
export { type Intensities, resolveSettings, type ResolvedSettings } from './settings';
export { type TrafficSettings, TrafficSettingsError } from './settings';
export { generateTraffic } from './traffic-model';
export { PHONE_APPS } from './user-agents';
