export { type ArrivedRecord, withArrivalTimes } from './arrival-times';
export { inTimeOrder } from './in-time-order';
export { type InputRecord, inputRecord, jsonObject } from './input-record';
export { type RoutedRecord, mergeByTime } from './merge-by-time';
export { isBlank, recordLines, splitLines } from './record-lines';
