/** Which place in the desk each thing has, by its id. */
export type Slots<Id extends string> = ReadonlyMap<Id, number>;

const NOTHING: ReadonlySet<number> = new Set();

/**
 * Places for `ids`: who has one keeps it, newcomers get the lowest that nobody had before, else the lowest free one; a
 * place just left can still be fading out. What does not fit into `capacity` gets none. Nobody new gets one that is `taken`.
 */
export function allocateSlots<Id extends string>(
  before: Slots<Id>,
  ids: Iterable<Id>,
  capacity: number,
  taken: ReadonlySet<number> = NOTHING,
): Slots<Id> {
  const slots = new Map<Id, number>();
  const newcomers: Id[] = [];
  for (const id of ids) {
    const slot = before.get(id);
    if (slot === undefined) newcomers.push(id);
    else slots.set(id, slot);
  }
  if (newcomers.length === 0) return slots.size === before.size ? before : slots;
  const kept = new Set(slots.values());
  const left = new Set(before.values());
  const free = Array.from({ length: capacity }, (_, slot) => slot).filter((slot) => !kept.has(slot) && !taken.has(slot));
  const places = [...free.filter((slot) => !left.has(slot)), ...free.filter((slot) => left.has(slot))];
  newcomers.slice(0, places.length).forEach((id, index) => {
    slots.set(id, places[index] ?? 0);
  });
  return slots;
}
