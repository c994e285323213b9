'use client';

import { useCallback, useEffect } from 'react';
import type { OpenSession } from '../../lib/client';
import { type StripId, stripValue } from '../../lib/mix';
import { aboutElement } from '../_comments/about-element';
import { nextStripWidth, openChannel } from '../_console';
import { markAt } from '../_timeline';
import { hearNumber, hearOther } from './hearing';
import { MODAL } from './modal';
import { setPage, usePage, writeComment } from './page-state';
import { seek, toggleLoop, togglePlay } from './playback';
import { useSpaceAfterClicks } from './space-key';
import { tell } from './toasts';
import { beatSeconds } from './words';

/** True where a key means text, or where a control has its own use for it. */
export function taken(event: KeyboardEvent): boolean {
  const target = event.target;
  if (event.defaultPrevented || !(target instanceof HTMLElement)) return true;
  if (target.closest('input:not([type=range]), textarea, select, [contenteditable="true"], [role="menu"]')) return true;
  // A dialog has the keyboard to itself, wherever the focus is.
  if (document.querySelector(MODAL)) return true;
  // A focused button is pressed by space and enter, a slider moved by arrows and home.
  if (event.key === ' ' && target.closest('button, a, [role="button"], [role="tab"], [role="switch"]')) return true;
  return /^(Arrow|Home|End|Page)/.test(event.key) && target.closest('[role="slider"], [role="tab"], hr') !== null;
}

/** The comment's moment: the loop where there is one, else the playhead. */
export function momentNow(session: OpenSession) {
  const loop = session.transport.loop.get();
  return loop ? { at: loop.from, until: loop.until } : { at: session.transport.position() };
}

function mute(session: OpenSession, strip: StripId): void {
  const found = session.desk.mix.get().strips.get(strip);
  if (!found) return;
  const result = session.desk.set([{ on: 'strip', id: strip, parameter: 'mute' }, stripValue(found, 'mute') > 0 ? 0 : 1]);
  if (!result.ok) tell({ level: 'warning', text: result.error });
}

/** The control that has the focus; null for none, also where the strip's name has it. */
function focusedControl(session: OpenSession, { target }: KeyboardEvent) {
  const control = target instanceof HTMLElement ? target.closest('[data-control]') : null;
  return control && aboutElement(session, control);
}

/** The reference that is compared in place of the mix, or the mix again. */
function hearReference({ references }: OpenSession): void {
  const compared = references.compared.get() ?? references.list.get().find(({ status }) => status === 'ready')?.id;
  if (references.heard.get() !== null) references.hear(null);
  else if (compared) references.hear(compared);
  else tell({ level: 'info', text: 'There is no reference yet. Add a finished song in Check, References.' });
}

/** Versions by their numbers. */
const numberKeys = (session: OpenSession) =>
  Object.fromEntries([1, 2, 3, 4, 5, 6, 7, 8, 9].map((number) => [`${number}`, () => hearNumber(session, number)]));

/** What each key does, by `event.key` in lower case. */
function keys(session: OpenSession, zoom: (by: 'in' | 'out' | 'all') => void): Readonly<Record<string, (event: KeyboardEvent) => void>> {
  const selected = (act: (strip: StripId) => void) => () => {
    const strip = session.selected.get();
    if (strip === null) tell({ level: 'info', text: 'Select a strip first: press its name.' });
    else act(strip);
  };
  const step = (event: KeyboardEvent) => {
    const { settings } = session.desk.mix.get();
    return event.shiftKey ? beatSeconds(settings) * settings.metre[0] : 1;
  };
  return {
    ' ': () => togglePlay(session),
    arrowleft: (event) => seek(session, session.transport.position() - step(event)),
    arrowright: (event) => seek(session, session.transport.position() + step(event)),
    home: () => seek(session, 0),
    l: () => toggleLoop(session),
    m: selected((strip) => mute(session, strip)),
    s: (event) => selected((strip) => session.engine.monitor.toggleSolo(strip, event.shiftKey))(),
    c: (event) => writeComment(momentNow(session), focusedControl(session, event)),
    z: (event) => (event.shiftKey ? session.desk.redo() : session.desk.undo()),
    e: selected((strip) => openChannel(session, strip, 'eq')),
    d: selected((strip) => openChannel(session, strip, 'dynamics')),
    w: () => nextStripWidth(),
    k: () => markAt(session, session.transport.position()),
    escape: () => setPage(usePage.getState().channelView ? { channelView: false } : { openComment: null }),
    x: () => hearOther(session),
    n: () => session.draft.open(),
    r: () => hearReference(session),
    ...numberKeys(session),
    '?': () => setPage({ dialog: 'shortcuts' }),
    '+': () => zoom('in'),
    '=': () => zoom('in'),
    '-': () => zoom('out'),
    '0': () => zoom('all'),
  };
}

/** The keys of the session page. */
export function useKeys(session: OpenSession, zoom: (by: 'in' | 'out' | 'all') => void): void {
  useSpaceAfterClicks(useCallback(() => togglePlay(session), [session]));
  useEffect(() => {
    const table = keys(session, zoom);
    const onKey = (event: KeyboardEvent) => {
      if (event.altKey || taken(event)) return;
      const key = event.key.toLowerCase();
      // With Ctrl or Cmd only undo and redo are ours; everything else stays the browser's.
      if ((event.ctrlKey || event.metaKey) && key !== 'z' && key !== 'y') return;
      if (key === 'y' && !(event.ctrlKey || event.metaKey)) return;
      const act = key === 'y' ? () => session.desk.redo() : table[key];
      if (!act) return;
      event.preventDefault();
      act(event);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [session, zoom]);
}
