'use client';

import { Users } from 'lucide-react';
import { useSession, useStore } from '../_session';
import { Button } from './button';

/** Whether play, stop and seek act for all or for me alone. */
export function Together() {
  const { transport, people } = useSession();
  const together = useStore(transport.together);
  const connected = useStore(transport.connected);
  const exactness = useStore(transport.exactness);
  const others = useStore(people.here).filter((person) => person.together && !person.me).length;
  return (
    <Button
      aria-pressed={together}
      onPress={() => transport.setTogether(!together)}
      data-testid="together"
      aria-label={label(together, connected)}
    >
      {together && !connected ? (
        <span className="text-quiet" title="There is no connection: what you play or stop is heard here alone until it is back.">
          Together, offline
        </span>
      ) : together ? (
        <>
          <Users size={14} className="text-accent" />
          <span className="font-semibold text-accent">Together</span>
          <span>{others + 1}</span>
          {exactness !== null && (
            <span className="hidden text-quiet lg:inline" title="How exactly this machine follows the others’ clock">
              ±{exactness < 10 ? exactness.toFixed(1) : Math.round(exactness)} ms
            </span>
          )}
        </>
      ) : (
        <span className="text-solo">On my own</span>
      )}
    </Button>
  );
}

function label(together: boolean, connected: boolean): string {
  if (!together) return 'On my own: press to join the others';
  return connected ? 'Together: press to listen on my own' : 'Together, but offline: press to listen on my own';
}
