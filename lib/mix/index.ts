export { laneValue } from './automation/evaluate';
export { type Breakpoint, CURVES, type Lane, type LanePoint, leads, MOST_LANES, MOST_POINTS } from './automation/lane';
export { isStepped } from './automation/law';
export { decodePoint, isPointId, isPointText } from './automation/point-text';
export {
  addPoint,
  changePoints,
  clearRange,
  movePoints,
  noRoom,
  readLane,
  removePoints,
  scaleRange,
  writeRange,
} from './commands/automation';
export type { Change, MapName, Primitive } from './commands/change';
export { copyInsert, insertsOf, MOST_INSERTS, moveInsert } from './commands/inserts';
export { addAux, addGroup, addStrip, addVca, moveStrip } from './commands/place-strips';
export { createSend, removeSend } from './commands/sends';
export { setValue } from './commands/set-value';
export {
  applySetting,
  keepPreset,
  type Processor,
  pasteStrip,
  presetsOf,
  removePreset,
  type Setting,
  type StripSetting,
  settingOf,
  stripSettingOf,
  suits,
  typeOfProcessor,
} from './commands/settings';
export { addMarker, moveMarker, removeMarker, renameMarker, setMetre, setTempo } from './commands/song';
export {
  addInsert,
  assignVca,
  colorStrip,
  keyStrip,
  removeInsert,
  removeStrip,
  renameStrip,
  resetProcessor,
  resetStrip,
  routeStrip,
  whyNotRoute,
} from './commands/strip';
export { type FamilyName, familyOf, stripForStem, stripNameFor } from './commands/strip-for-stem';
export { chained } from './history/chain';
export { describeGesture, type GestureAbout } from './history/describe';
export { changesOf, type Difference, followDifferences, inverse, type Look, type Records } from './history/difference';
export { folded, overlaps, reverts, sameCells } from './history/fold';
export { takeBack } from './history/take-back';
export { type DifferenceWords, differenceWords, rowThen, targetOfDifference } from './history/words';
export { formatShort, formatValue } from './laws/format';
export { parseValue, shownValue } from './laws/parse';
export { FADER_MARKS, faderDecibels, faderPosition, positionOf, valueAt } from './laws/position';
export { stepValue } from './laws/step';
export * from './model/mix';
export { rowOf, stripValue, targetValue } from './model/read';
export { followsVcas, soundOf, vcaField, vcaMembers, vcaOfField } from './model/vca';
export { EQ_BANDS, EQ_TYPES } from './parameters/equaliser';
export {
  FAMILY_OF,
  INSERT_FAMILIES,
  INSERT_NAMES,
  INSERT_ROWS,
  INSERT_TYPES,
  type InsertFamily,
  type InsertType,
} from './parameters/insert';
export { DELAY_NOTES } from './parameters/inserts/delay';
export { LFO_NOTES } from './parameters/inserts/lfo';
export { inMultiband } from './parameters/inserts/multiband';
export { PHASER_STAGES } from './parameters/inserts/phaser';
export type { ParameterRow, StripKind } from './parameters/row';
export { SEND_ROWS } from './parameters/send';
export { SLOPES, STRIP_ROWS } from './parameters/strip';
export { clampToRow, insertRow, sendRow, stripRow } from './parameters/table';
export type { Preset } from './presets/preset';
export { INSERT_PRESETS } from './presets/presets';
export { mend, type Parts } from './repair/mend';
export { FIRST_ORDER, UNNAMED } from './repair/strip-defaults';
export { processingOrder } from './routing/graph';
export { whyNotKey } from './routing/keys';
export { type Compensation, comesOn, compensation, type FixedLatencies, lateness, type StripPath, stripPath } from './routing/latency';
export { type SoloGates, soloGates } from './routing/solo';
export { compareMixes, type StripComparison } from './snapshot/compare';
export { recallChanges } from './snapshot/recall';
