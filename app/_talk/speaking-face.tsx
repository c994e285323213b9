'use client';

import { useRef } from 'react';
import type { Person } from '../../lib/client';
import { usePart, useSession, useStore } from '../_session';
import { Face } from '../_shell/face';
import { useFrame } from '../_shell/frame';
import { barsOf } from './voice-level';

/** A face that shows when its voice is open, and how loud it is. */
export function SpeakingFace({ person }: { person: Person }) {
  const { voices } = useSession();
  const speaks = usePart(voices.speakers, (speakers) => speakers.has(person.client));
  return (
    <span className="relative inline-flex">
      <Face user={person.user} />
      {speaks && <VoiceRing client={person.client} />}
    </span>
  );
}

const WIDTHS = [1, 1.5, 2, 2.5, 3] as const;

function VoiceRing({ client }: { client: number }) {
  const { voices } = useSession();
  const ring = useRef<HTMLSpanElement>(null);
  const shown = useRef(-1);
  useFrame(() => {
    const lit = barsOf(voices.level(client));
    if (lit === shown.current || !ring.current) return;
    shown.current = lit;
    ring.current.style.boxShadow = `0 0 0 ${WIDTHS[lit] ?? 1}px var(--color-ok)`;
  });
  return <span ref={ring} data-testid="speaks" className="pointer-events-none absolute inset-0 rounded-full" />;
}

/** Who speaks just now, for pages that show no faces otherwise. */
export function SpeakersNow() {
  const { voices, people } = useSession();
  const speakers = useStore(voices.speakers);
  const here = useStore(people.here).filter((person) => !person.me && speakers.has(person.client));
  return (
    <ul aria-label="Talking now" className="flex gap-1 empty:hidden">
      {here.slice(0, 3).map((person) => (
        <li key={person.client} title={`${person.user.name} talks`}>
          <SpeakingFace person={person} />
        </li>
      ))}
    </ul>
  );
}
