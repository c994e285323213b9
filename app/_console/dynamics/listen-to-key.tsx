'use client';

import type { KeyHeard } from '../../../lib/audio';
import { useSession, useStore } from '../../_session';
import { LatchButton } from '../../_ui';

const same = (a: KeyHeard | null, b: KeyHeard) =>
  a?.id === b.id && (a.on === 'insert' || (b.on === 'strip' && a.processor === b.processor));

/** Hears what a processor listens to in place of the mix: mine alone, like solo. */
export function ListenToKey({ of, name }: { of: KeyHeard; name: string }) {
  const { monitor } = useSession().engine;
  const on = same(useStore(monitor.key), of);
  return (
    <LatchButton
      on={on}
      label={`Listen to the key of ${name}, only for me`}
      help="You hear what it listens to in place of the mix, to set its filters by ear, whether it is on or off. Nobody else hears it."
      tone="solo"
      className="w-14 shrink-0 !border-line"
      onPress={() => monitor.hearKey(on ? null : of)}
    >
      Listen
    </LatchButton>
  );
}
