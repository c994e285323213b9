export { isField, isRecordId, isValue, MAPS, MOST } from './layout';
export { migrate } from './migrate';
export { MixDocument } from './mix-document';
export { newMix } from './new-mix';
export { readMix } from './read';
export { repairDocument } from './repair';
export { transactChanges } from './transact';
