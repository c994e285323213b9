'use client';

import { keyStrip, type Strip, whyNotKey } from '../../../lib/mix';
import { useMix, useSession, useStore } from '../../_session';
import { Knob } from '../../_ui';
import { sameList } from '../row';
import { onStrip } from '../strip/level-section';
import { useApply } from '../use-apply';
import { ListenToKey } from './listen-to-key';

/** Which strip's sound the compressor listens to; those that would go round in a circle are out of reach, and say why. */
function KeyChoice({ strip }: { strip: Strip }) {
  const { desk } = useSession();
  const apply = useApply();
  const writable = useStore(desk.writable);
  const others = useMix((mix) => [...mix.strips.values()].filter((one) => one.id !== strip.id && one.kind !== 'vca'), sameList);
  const refusals = useMix((mix) => others.map((one) => whyNotKey(mix, strip.id, one.id)), sameList);
  return (
    <select
      aria-label={`${strip.name} compressor listens to`}
      title="Which strip turns this one down. It is heard before its own compressor and fader."
      value={strip.key ?? ''}
      disabled={!writable}
      onChange={(event) => apply(keyStrip(desk.mix.get(), strip.id, event.currentTarget.value || null))}
      className="h-6 w-full min-w-0 rounded-sm border border-line bg-raised px-1 text-2xs text-text hover:bg-hover disabled:text-quiet"
    >
      <option value="">Itself</option>
      {others.map((one, index) => (
        <option key={one.id} value={one.id} disabled={refusals[index] !== null} title={refusals[index] ?? undefined}>
          {one.name}
        </option>
      ))}
    </select>
  );
}

/** What a gate or a compressor listens to: whom, through which filters, and how far ahead. */
export function SideChain({ strip, processor }: { strip: Strip; processor: 'gate' | 'comp' }) {
  const target = (id: string) => onStrip(strip, `${processor}.${id}`);
  return (
    <fieldset className="flex w-40 shrink-0 flex-col justify-between gap-1 rounded-sm border border-line px-1.5 pb-1">
      <legend className="px-1 text-2xs text-quiet">Side-chain</legend>
      <div className="flex gap-1">
        {processor === 'comp' && <KeyChoice strip={strip} />}
        <ListenToKey of={{ on: 'strip', id: strip.id, processor }} name={`${strip.name} ${processor === 'gate' ? 'gate' : 'compressor'}`} />
      </div>
      <div className="flex justify-between">
        <Knob target={target('sc.hpf')} />
        <Knob target={target('sc.lpf')} />
        <Knob target={target('lookahead')} />
      </div>
    </fieldset>
  );
}
