/** The flat maps of the document; `lib/doc/SPEC.md` says what each holds. */
export type MapName = 'strips' | 'sends' | 'inserts' | 'markers' | 'settings' | 'automation' | 'presets';

export type Primitive = string | number | boolean | null;

/**
 * One change of the mix as data; what every command returns. `settings` is one record under the id `mix`.
 * `put` sets fields of a record (making it where there is none); a field set to undefined is removed, which means
 * its default. `remove` deletes the record.
 */
export type Change =
  | { readonly do: 'put'; readonly map: MapName; readonly id: string; readonly fields: Readonly<Record<string, Primitive | undefined>> }
  | { readonly do: 'remove'; readonly map: MapName; readonly id: string };
