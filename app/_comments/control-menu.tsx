'use client';

import { useEffect, useState } from 'react';
import { Menu, MenuItem, Popover } from 'react-aria-components';
import { may } from '../../lib/access';
import type { OpenSession } from '../../lib/client';
import { useSession } from '../_session';
import { momentNow } from '../_shell/keyboard';
import { writeComment } from '../_shell/page-state';
import { type About, aboutWords } from './about';
import { aboutElement } from './about-element';

/** How long a finger rests before it asks for the menu; a mouse asks by its right button, the keyboard by its menu key. */
const LONG_PRESS_MS = 550;
const STILL = 8;

interface Asked {
  readonly about: About;
  readonly words: string;
  readonly place: HTMLElement;
}

/** The menu of a control or strip: commenting on it. */
export function ControlMenu() {
  const session = useSession();
  const [asked, setAsked] = useState<Asked | null>(null);
  useEffect(() => {
    const ask = (place: HTMLElement): boolean => {
      const about = mayComment(session) ? aboutElement(session, place) : null;
      const words = about && aboutWords(session.desk.mix.get(), about);
      if (!about || !words || place.closest('input, textarea')) return false;
      setAsked({ about, words, place: place.closest<HTMLElement>('[data-control], [data-strip]') ?? place });
      return true;
    };
    return askedFor(ask);
  }, [session]);
  const comment = () => asked && writeComment(momentNow(session), asked.about);
  return (
    <Popover
      triggerRef={{ current: asked?.place ?? null }}
      isOpen={asked !== null}
      onOpenChange={(open) => open || setAsked(null)}
      placement="bottom start"
      className="z-30 rounded-md border border-line-strong bg-raised p-1 shadow-xl"
    >
      <Menu
        aria-label={asked?.words ?? 'Control'}
        autoFocus="first"
        className="outline-none"
        onAction={comment}
        onClose={() => setAsked(null)}
      >
        <MenuItem id="comment" className="cursor-pointer rounded-sm px-3 py-1.5 text-sm outline-none data-[focused]:bg-hover">
          Comment on {asked?.words}
        </MenuItem>
      </Menu>
    </Popover>
  );
}

function mayComment({ role, info }: OpenSession): boolean {
  return may(role.get(), 'comments.write') || (may(role.get(), 'comments.suggest') && info.get().listenersMayComment);
}

/** Hears of right clicks, menu keys and long presses; the result stops that. */
function askedFor(ask: (place: HTMLElement) => boolean): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let from = { x: 0, y: 0 };
  const give = () => clearTimeout(timer);
  const onMenu = (event: MouseEvent) => {
    if (event.target instanceof HTMLElement && ask(event.target)) event.preventDefault();
  };
  const onDown = (event: PointerEvent) => {
    give();
    const { target, pointerId } = event;
    if (event.pointerType === 'mouse' || !(target instanceof HTMLElement)) return;
    from = { x: event.clientX, y: event.clientY };
    timer = setTimeout(() => {
      // The control under the finger lets it go: what it does now is for the menu.
      const control = target.closest('[data-control]');
      if (ask(target) && control?.hasPointerCapture(pointerId)) control.releasePointerCapture(pointerId);
    }, LONG_PRESS_MS);
  };
  const onMove = (event: PointerEvent) => {
    if (Math.hypot(event.clientX - from.x, event.clientY - from.y) > STILL) give();
  };
  const listeners = { contextmenu: onMenu, pointerdown: onDown, pointermove: onMove, pointerup: give, pointercancel: give } as const;
  const all = Object.entries(listeners) as [string, EventListener][];
  for (const [type, listener] of all) window.addEventListener(type, listener);
  return () => {
    give();
    for (const [type, listener] of all) window.removeEventListener(type, listener);
  };
}
