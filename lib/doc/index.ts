export { isField, isRecordId, isValue, MAPS, MOST } from './layout';
export { migrate, SCHEMA, schemaOf } from './migrate';
export { MixDocument, type Touched } from './mix-document';
export { newMix } from './new-mix';
export { readMix } from './read';
export { repairDocument } from './repair';
export type { Touch } from './touch';
export { type Origin, transactChanges } from './transact';
