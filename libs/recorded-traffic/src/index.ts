export { type InputRecord, inputRecord } from './input-record';
export { type RoutedRecord, mergeByTime } from './merge-by-time';
export { recordLines, splitLines } from './record-lines';
