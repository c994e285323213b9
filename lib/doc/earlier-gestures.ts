import { type Change, type Difference, inverse, type Look, takeBack } from '../mix';

/** A gesture, by what it made different. */
export type Told = readonly Difference[];

/** My gestures in documents that this one took the place of, which are taken back by their values. SPEC.md 25. */
export class EarlierGestures {
  private undoable: Told[] = [];
  private redoable: Told[] = [];

  get canUndo(): boolean {
    return this.undoable.length > 0;
  }

  get canRedo(): boolean {
    return this.redoable.length > 0;
  }

  /** What could be taken back, or made again, in the document that goes; the newest last. */
  add(undoable: readonly Told[], redoable: readonly Told[]): void {
    this.undoable.push(...undoable);
    this.redoable.push(...redoable);
  }

  /** Something new was done: what was taken back stays so. */
  forgetRedo(): void {
    this.redoable = [];
  }

  /** What takes the newest gesture back of which something is still as it left it; empty where there is none. */
  undo(look: Look): readonly Change[] {
    return step(this.undoable, this.redoable, look);
  }

  redo(look: Look): readonly Change[] {
    return step(this.redoable, this.undoable, look);
  }
}

function step(from: Told[], to: Told[], look: Look): readonly Change[] {
  for (let told = from.pop(); told; told = from.pop()) {
    const mine = told.filter((one) => isAsLeft(one, look));
    if (mine.length === 0) continue;
    to.push(inverse(mine));
    return takeBack(mine, look).changes;
  }
  return [];
}

/** What another person has since set, or made anew, is theirs; what I made goes with what they did to it. SPEC.md 16. */
function isAsLeft(one: Difference, look: Look): boolean {
  const record = look(one.map, one.id);
  if (one.did === 'set') return record !== undefined && record.get(one.field) === one.to;
  return one.did === 'add' ? record !== undefined : record === undefined;
}

/** A gesture with what it went on to do: each field from what it was at first, a new record with all that was put into it. */
export function joined(told: Told, later: Told): Told {
  const all = [...told];
  for (const one of later) {
    const at = one.did === 'set' ? all.findLastIndex((earlier) => concerns(earlier, one)) : -1;
    const earlier = all[at];
    if (one.did !== 'set' || !earlier || earlier.did === 'remove') all.push(one);
    else if (earlier.did === 'set') all[at] = { ...one, from: earlier.from };
    else {
      const { [one.field]: _, ...rest } = earlier.fields;
      all[at] = { ...earlier, fields: one.to === undefined ? rest : { ...rest, [one.field]: one.to } };
    }
  }
  return all;
}

function concerns(earlier: Difference, { map, id, field }: Extract<Difference, { did: 'set' }>): boolean {
  return earlier.map === map && earlier.id === id && (earlier.did !== 'set' || earlier.field === field);
}
