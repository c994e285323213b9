import type { Target } from '../../mix';

const ON: readonly Target['on'][] = ['strip', 'send', 'insert'];

/** The target of a key as `targetKey` makes it; null for anything else. */
export function targetOf(key: string): Target | null {
  const [, word, id, parameter] = /^([a-z]+)\/([^/]+)\/([^/]+)$/.exec(key) ?? [];
  const on = ON.find((one) => one === word);
  return on && id && parameter ? { on, id, parameter } : null;
}
