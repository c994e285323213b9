import { type Change, clampToRow, type MapName, type Mix, type ParameterRow, rowOf, type Target, targetValue } from '../../mix';

const MAP_OF: Readonly<Record<Target['on'], MapName>> = { strip: 'strips', send: 'sends', insert: 'inserts' };

/** The change that puts a control to `value`; null where it is there already, or the mix has no such control. */
export function writing(mix: Mix, target: Target, value: number): Change | null {
  const row = rowOf(mix, target);
  if (!row) return null;
  const wanted = clampToRow(row, value);
  if (wanted === targetValue(mix, target)) return null;
  return { do: 'put', map: MAP_OF[target.on], id: target.id, fields: { [target.parameter]: storedAs(row, wanted) } };
}

/** Only what differs from the default is kept. */
const storedAs = (row: ParameterRow, value: number) => (value === row.default ? undefined : value);

/** The controls that changes touch, as target keys. */
export function keysOf(changes: readonly Change[]): string[] {
  const on = (map: MapName) => (Object.keys(MAP_OF) as Target['on'][]).find((one) => MAP_OF[one] === map);
  return changes.flatMap((change) => {
    // A lane's id is the key of its control.
    if (change.map === 'automation') return [change.id];
    return change.do === 'put' ? Object.keys(change.fields).map((field) => `${on(change.map)}/${change.id}/${field}`) : [];
  });
}
