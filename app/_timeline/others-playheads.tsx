'use client';

import { useRef } from 'react';
import type { Person } from '../../lib/client';
import { useSession, useStore } from '../_session';
import { useFrame } from '../_shell/frame';
import { initials } from '../_shell/words';
import { personColor } from '../palette';
import { useTimeline } from './use-view';
import { xOf } from './view';

/** Where those are who play on their own: a line in their colour. Who is together with me is where I am. */
export function OthersPlayheads() {
  const { people } = useSession();
  const others = useStore(people.here).filter(({ me, together, alone }) => !me && !together && alone !== null);
  return others.map((person) => <OtherPlayhead key={person.client} person={person} />);
}

function OtherPlayhead({ person }: { person: Person }) {
  const { transport } = useSession();
  const line = useRef<HTMLDivElement>(null);
  const drawn = useRef(Number.NaN);
  const color = personColor(person.user.color);
  useFrame(() => {
    if (!line.current || !person.alone) return;
    const { view, extent } = useTimeline.getState();
    const x = Math.round(xOf(view, extent, transport.positionOf(person.alone)));
    if (x === drawn.current) return;
    drawn.current = x;
    line.current.style.transform = `translateX(${x}px)`;
    line.current.style.visibility = x < 0 || x > extent.width ? 'hidden' : 'visible';
  });
  return (
    <div ref={line} data-testid="other-playhead" title={`${person.user.name} is here`} className="absolute inset-y-0 left-0 z-10 w-0">
      <div className="absolute inset-y-0 w-px opacity-80" style={{ backgroundColor: color }} />
      <span
        className="absolute top-0 left-px rounded-br-sm px-1 font-bold text-[9px] text-bg leading-[13px]"
        style={{ backgroundColor: color }}
      >
        {initials(person.user.name)}
      </span>
    </div>
  );
}
