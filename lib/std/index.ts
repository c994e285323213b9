export type { Brand } from './brand';
export { Bucket } from './bucket';
export { exhaustive } from './exhaustive';
export { newId } from './id';
export { err, ok, type Result } from './result';
export { Scope } from './scope';
export { createStore, type ReadableStore, type Store } from './store';
