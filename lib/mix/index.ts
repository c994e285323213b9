export type { Change, MapName, Primitive } from './commands/change';
export * from './model/mix';
export { rowOf, stripValue, targetValue } from './model/read';
export { DELAY_NOTES, INSERT_ROWS } from './parameters/insert';
export type { EqBandType, InsertType, Law, Owner, ParameterRow, StripKind, Unit } from './parameters/row';
export { SEND_ROWS } from './parameters/send';
export { EQ_BANDS, EQ_TYPES, SLOPES, STRIP_ROWS } from './parameters/strip';
export { clampToRow, insertRow, sendRow, stripRow } from './parameters/table';
