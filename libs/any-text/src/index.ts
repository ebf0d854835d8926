export { anyId } from './any-id';
export { anyText } from './any-text';
export { resultsWith } from './results-with';
