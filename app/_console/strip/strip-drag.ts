'use client';

import { type KeyboardEvent, type MouseEvent, type PointerEvent, useRef } from 'react';
import { moveStrip, type Strip, type StripId } from '../../../lib/mix';
import { useSession } from '../../_session';
import { stripsInRow } from '../row';
import { dropPlace, oneStep } from '../strip-order';
import { useApply } from '../use-apply';

/** Less than this is a click with an unsteady hand. */
const SLACK_PIXELS = 6;

interface Grip {
  readonly pointer: number;
  readonly x: number;
  /** The strip's own element and, beside each other, all of them. */
  readonly mine: HTMLElement;
  readonly all: readonly HTMLElement[];
  moved: boolean;
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

/** Moves a strip along the row, for all: dragged by its name, or with Alt and an arrow. Escape leaves it where it is. */
export function useStripDrag(strip: Strip) {
  const { desk } = useSession();
  const apply = useApply();
  const grip = useRef<Grip | null>(null);
  const dragged = useRef(false);
  const movable = () => desk.writable.get() && strip.kind !== 'master';

  const placeAt = (held: Grip, x: number) => dropPlace(stripsInRow(desk.mix.get()), strip, centersOf(held.all, held.mine), x);
  const move = (before: StripId | null | undefined) => {
    if (before !== undefined) apply(moveStrip(desk.mix.get(), strip.id, before));
  };
  const letGo = () => {
    const held = grip.current;
    if (!held) return;
    mark(held.all, [], strip, undefined);
    held.mine.style.transform = '';
    held.mine.style.zIndex = '';
    held.mine.style.opacity = '';
    held.mine.style.background = '';
    grip.current = null;
  };
  return {
    onPointerDown(event: PointerEvent<HTMLElement>) {
      dragged.current = false;
      const mine = event.currentTarget.closest<HTMLElement>('[data-strip]');
      const row = mine?.closest('[data-strips]');
      if (event.button !== 0 || event.pointerType === 'touch' || !movable() || !mine || !row) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      const all = [...row.querySelectorAll<HTMLElement>('[data-strip]')];
      grip.current = { pointer: event.pointerId, x: event.clientX, mine, all, moved: false };
    },
    onPointerMove(event: PointerEvent<HTMLElement>) {
      const held = grip.current;
      if (held?.pointer !== event.pointerId) return;
      const pixels = event.clientX - held.x;
      if (Math.abs(pixels) > SLACK_PIXELS) held.moved = true;
      if (!held.moved) return;
      dragged.current = true;
      Object.assign(held.mine.style, {
        transform: `translateX(${pixels}px)`,
        zIndex: '30',
        opacity: '0.9',
        background: 'var(--color-surface)',
      });
      mark(held.all, stripsInRow(desk.mix.get()), strip, placeAt(held, event.clientX));
    },
    onPointerUp(event: PointerEvent<HTMLElement>) {
      const held = grip.current;
      const before = held?.moved ? placeAt(held, event.clientX) : undefined;
      letGo();
      move(before);
    },
    onPointerCancel: letGo,
    onClickCapture(event: MouseEvent<HTMLElement>) {
      // A drag ends in a click, which is not meant.
      if (dragged.current) event.stopPropagation();
      dragged.current = false;
    },
    onKeyDown(event: KeyboardEvent<HTMLElement>) {
      if (event.key === 'Escape' && grip.current) {
        event.preventDefault();
        letGo();
        return;
      }
      const way = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : 0;
      if (!event.altKey || way === 0) return;
      // Alt with an arrow is also the browser's way back.
      event.preventDefault();
      if (!movable()) return;
      const element = event.currentTarget;
      move(oneStep(stripsInRow(desk.mix.get()), strip, way));
      // An element that was moved loses the focus.
      requestAnimationFrame(() => {
        element.focus();
        element.scrollIntoView({ block: 'nearest', inline: 'nearest' });
      });
    },
  };
}
