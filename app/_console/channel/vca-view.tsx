'use client';

import { assignVca, followsVcas, type Strip } from '../../../lib/mix';
import { useMix, useSession, useStore } from '../../_session';
import { LatchButton } from '../../_ui';
import { sameList } from '../row';
import { useApply } from '../use-apply';
import { BOX, TITLE } from './box';

/** A VCA in full: which strips it moves. */
export function VcaView({ strip }: { strip: Strip }) {
  const { desk } = useSession();
  const apply = useApply();
  const writable = useStore(desk.writable);
  const strips = useMix((mix) => [...mix.strips.values()].filter(followsVcas), sameList);
  return (
    <section className={`${BOX} mx-3 mb-2 overflow-auto`} aria-label={`Members of ${strip.name}`}>
      <h3 className={TITLE}>Its fader and its mute move these strips</h3>
      <div className="flex flex-wrap gap-1">
        {strips.map((one) => {
          const on = one.vcas.includes(strip.id);
          return (
            <LatchButton
              key={one.id}
              on={on}
              label={`${one.name} follows ${strip.name}`}
              disabled={!writable}
              className="!h-7 px-2"
              onPress={() => apply(assignVca(desk.mix.get(), one.id, strip.id, !on))}
            >
              {one.name}
            </LatchButton>
          );
        })}
      </div>
    </section>
  );
}
