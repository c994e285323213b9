export { DifferenceWatch } from './difference-watch';
export { beginEpoch, beginnerOf, epochOf, RESERVED_CLIENTS } from './epoch';
export { isField, isRecordId, isValue, MAPS, MOST, MOST_KEPT_POINTS } from './layout';
export { migrate } from './migrate';
export { MixDocument, type Touched } from './mix-document';
export { newMix } from './new-mix';
export { mixOfRecords, rawRecord, readMix, readRecords } from './read';
export { repairDocument, weightOf } from './repair';
export { makesRecord, transactChanges } from './transact';
