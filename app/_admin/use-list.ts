'use client';

import { useEffect, useState } from 'react';
import type { AdminList } from '../../lib/protocol';
import { sentence, tell } from '../_shell/toasts';

/** Typing is over when nothing more comes for so long. */
const TYPING_MS = 250;

interface Found<Item> {
  /** Null until something has come. */
  readonly items: readonly Item[] | null;
  readonly more: number;
}

/** A list of the administration, looked for anew with each other `look` and each other `search`. `load` must stay the same function. */
export function useList<Item>(load: (search: string) => Promise<AdminList<Item>>, look: number, search = ''): Found<Item> {
  const [found, setFound] = useState<Found<Item>>({ items: null, more: 0 });
  // One value, so that another look is asked for by the number alone, too.
  const asked = `${look} ${search}`;
  useEffect(() => {
    let left = false;
    const text = asked.slice(asked.indexOf(' ') + 1);
    const timer = setTimeout(
      () =>
        load(text).then(
          (list) => !left && setFound(list),
          (problem: unknown) => !left && tell({ level: 'danger', text: sentence(problem) }),
        ),
      text === '' ? 0 : TYPING_MS,
    );
    return () => {
      left = true;
      clearTimeout(timer);
    };
  }, [load, asked]);
  return found;
}
