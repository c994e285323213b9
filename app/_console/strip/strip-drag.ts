'use client';

import type { KeyboardEvent, PointerEvent } from 'react';
import { moveStrip, type Strip, type StripId } from '../../../lib/mix';
import { useSession } from '../../_session';
import { altArrow, useDrag } from '../../_ui';
import { stripsInRow } from '../row';
import { dropPlace, oneStep } from '../strip-order';
import { useApply } from '../use-apply';

const SLACK_PIXELS = 6;

/** The strip's own element and, beside each other, all of them. */
interface Held {
  readonly mine: HTMLElement;
  readonly all: readonly HTMLElement[];
}

const idOf = (element: HTMLElement): StripId => element.dataset['strip'] ?? '';

/** The middles of the strips, in pixels of the window, as they now stand. */
function centersOf(all: readonly HTMLElement[], mine: HTMLElement): ReadonlyMap<StripId, number> {
  return new Map(
    all.filter((one) => one !== mine).map((one) => [idOf(one), one.getBoundingClientRect().left + one.getBoundingClientRect().width / 2]),
  );
}

/** Marks the edge at which the strip would come to stand. */
function mark(all: readonly HTMLElement[], row: readonly Strip[], moving: Strip, before: StripId | null | undefined): void {
  const last = row.filter((strip) => strip.kind === moving.kind).at(-1)?.id;
  for (const one of all) {
    const edge = before === undefined ? '' : idOf(one) === before ? 'left' : before === null && idOf(one) === last ? 'right' : '';
    if (edge) one.dataset['dropEdge'] = edge;
    else delete one.dataset['dropEdge'];
  }
}

/** What a press on a strip's name takes hold of; a finger swipes the console instead. */
function take(event: PointerEvent<HTMLElement>): Held | null {
  const mine = event.currentTarget.closest<HTMLElement>('[data-strip]');
  const row = mine?.closest('[data-strips]');
  if (event.pointerType === 'touch' || !mine || !row) return null;
  return { mine, all: [...row.querySelectorAll<HTMLElement>('[data-strip]')] };
}

function lift({ style }: HTMLElement, pixels: number | null): void {
  Object.assign(style, {
    transform: pixels === null ? '' : `translateX(${pixels}px)`,
    zIndex: pixels === null ? '' : '30',
    opacity: pixels === null ? '' : '0.9',
    background: pixels === null ? '' : 'var(--color-surface)',
  });
}

/** Moves a strip along the row, for all: dragged by its name, or with Alt and an arrow. Escape leaves it where it is. */
export function useStripDrag(strip: Strip) {
  const { desk } = useSession();
  const apply = useApply();
  const movable = () => desk.writable.get() && strip.kind !== 'master';
  const row = () => stripsInRow(desk.mix.get());
  const placeAt = ({ all, mine }: Held, x: number) => dropPlace(row(), strip, centersOf(all, mine), x);
  const move = (before: StripId | null | undefined) => {
    if (before !== undefined) apply(moveStrip(desk.mix.get(), strip.id, before));
  };
  const { cancel, handlers } = useDrag<Held>({
    slack: SLACK_PIXELS,
    take: (event) => (movable() ? take(event) : null),
    move: (held, pixels, event) => {
      lift(held.mine, pixels);
      mark(held.all, row(), strip, placeAt(held, event.clientX));
    },
    drop: (held, event) => move(placeAt(held, event.clientX)),
    end: (held) => {
      lift(held.mine, null);
      mark(held.all, [], strip, undefined);
    },
  });
  return {
    ...handlers,
    onKeyDown(event: KeyboardEvent<HTMLElement>) {
      if (event.key === 'Escape' && cancel()) {
        event.preventDefault();
        return;
      }
      const way = altArrow(event);
      if (way === 0 || !movable()) return;
      const element = event.currentTarget;
      move(oneStep(row(), strip, way));
      // An element that was moved loses the focus.
      requestAnimationFrame(() => {
        element.focus();
        element.scrollIntoView({ block: 'nearest', inline: 'nearest' });
      });
    },
  };
}
