export { isField, isRecordId, isValue, MAPS, MOST, MOST_KEPT_POINTS } from './layout';
export { migrate } from './migrate';
export { MixDocument } from './mix-document';
export { newMix } from './new-mix';
export { readMix } from './read';
export { renewLanes, repairDocument, weightOf } from './repair';
export { transactChanges } from './transact';
