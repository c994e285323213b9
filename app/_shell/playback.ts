'use client';

import { may } from '../../lib/access';
import type { OpenSession } from '../../lib/client';
import { whySilent } from './capabilities';
import { attempt, tell } from './toasts';

/** Whether this person's play, stop and seek act now: alone always, together by role. */
export function mayMovePlayhead(session: OpenSession): boolean {
  return !session.transport.together.get() || may(session.role.get(), 'transport.control');
}

const LISTENERS_WAIT = 'You follow the others here. Choose “On my own” to play by yourself.';

/** Starts this machine's sound where it can; says why where it cannot. Call it from a user's gesture. */
export function listen(session: OpenSession): void {
  const why = whySilent();
  if (why) tell({ level: 'warning', text: why });
  else void attempt(session.engine.start());
}

/** Play or stop, as the space bar does. */
export function togglePlay(session: OpenSession): void {
  const silent = session.engine.state.get().state !== 'running';
  if (!mayMovePlayhead(session)) {
    if (silent) listen(session);
    else tell({ level: 'info', text: LISTENERS_WAIT });
    return;
  }
  if (session.transport.playing.get()) {
    // Who does not hear yet wants to join in, not to stop the others.
    if (silent && whySilent() === null) listen(session);
    else session.transport.stop();
    return;
  }
  if (silent && whySilent() !== null) listen(session);
  session.transport.play();
}

/** Moves the playhead for those it is moved for. */
export function seek(session: OpenSession, position: number): void {
  if (mayMovePlayhead(session)) session.transport.seek(Math.min(Math.max(0, position), Math.max(session.engine.length.get(), 0)));
  else tell({ level: 'info', text: LISTENERS_WAIT });
}

/** Switches the loop off, or on around the section the playhead is in (the whole song where there are none). */
export function toggleLoop(session: OpenSession): void {
  const { transport, engine, desk } = session;
  const length = engine.length.get();
  if (!mayMovePlayhead(session)) {
    tell({ level: 'info', text: LISTENERS_WAIT });
    return;
  }
  if (transport.loop.get() || length <= 0) {
    transport.setLoop(null);
    return;
  }
  const at = transport.position();
  const starts = [...desk.mix.get().markers.values()].filter((marker) => marker.kind === 'section').map((marker) => marker.at);
  const from = Math.max(0, ...starts.filter((start) => start <= at));
  const until = Math.min(length, ...starts.filter((start) => start > at));
  transport.setLoop(until > from ? { from, until } : { from: 0, until: length });
}
