import type { Brand } from '../../std';

export type StripId = Brand<string, 'strip'>;
/** `strip>aux`, so that two people who create the same send at once create one. */
export type SendId = Brand<string, 'send'>;
export type InsertId = Brand<string, 'insert'>;

/** One control of the mix, wherever it sits. */
export type Target =
  | { readonly on: 'strip'; readonly id: StripId; readonly parameter: string }
  | { readonly on: 'send'; readonly id: SendId; readonly parameter: string }
  | { readonly on: 'insert'; readonly id: InsertId; readonly parameter: string };

/** A target as a key, for maps and React: `strip/ab12/eq.1.gain`. */
export function targetKey(target: Target): string {
  return `${target.on}/${target.id}/${target.parameter}`;
}

const ON: readonly Target['on'][] = ['strip', 'send', 'insert'];

/** The target of a key as `targetKey` makes it; null for anything else. */
export function targetOf(key: string): Target | null {
  const [, word, id, parameter] = /^([a-z]+)\/([^/]+)\/([^/]+)$/.exec(key) ?? [];
  const on = ON.find((one) => one === word);
  return on && id && parameter ? { on, id, parameter } : null;
}
