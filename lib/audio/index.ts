export { createEngine } from './engine';
export { browserStorage, type Keeps } from './monitor/remembered';
export type * from './types';
