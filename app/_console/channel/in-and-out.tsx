'use client';

import { assignVca, followsVcas, MASTER, type Strip, whyNotRoute } from '../../../lib/mix';
import { useMix, useSession, useStore, useValue } from '../../_session';
import { Choice, Knob, LatchButton, Toggle } from '../../_ui';
import { sameList } from '../row';
import { onStrip } from '../strip/level-section';
import { useRoute } from '../strip/routing-menus';
import { useApply } from '../use-apply';
import { BOX, TITLE } from './box';

const FRAMES_PER_MS = 48;

/** The group or the master a strip goes to; what would go round in a circle says so and is out of reach. */
export function OutputChoice({ strip, className = '' }: { strip: Strip; className?: string }) {
  const route = useRoute();
  const writable = useStore(useSession().desk.writable);
  const mix = useMix((whole) => whole);
  const places = [...mix.strips.values()].filter((other) => other.id !== strip.id && (other.kind === 'group' || other.kind === 'master'));
  return (
    <select
      aria-label={`Where ${strip.name} goes`}
      title="Where the sound of this strip goes: a group or the master."
      value={strip.output ?? MASTER}
      disabled={!writable}
      onChange={(event) => route(strip.id, event.currentTarget.value)}
      className={`h-6 max-w-40 rounded-sm border border-line bg-raised px-1 text-2xs text-text hover:bg-hover disabled:text-quiet ${className}`}
    >
      {places.map((place) => {
        const refusal = whyNotRoute(mix, strip.id, place.id);
        return (
          <option key={place.id} value={place.id} disabled={refusal !== null} title={refusal ?? undefined}>
            {`→ ${place.name}`}
          </option>
        );
      })}
    </select>
  );
}

/** A button for each VCA: in while the strip follows it. Nothing where there are none. */
export function VcaChoice({ strip, className = '' }: { strip: Strip; className?: string }) {
  const { desk } = useSession();
  const apply = useApply();
  const writable = useStore(desk.writable);
  const vcas = useMix((mix) => [...mix.strips.values()].filter((other) => other.kind === 'vca'), sameList);
  return vcas.map((vca) => {
    const on = strip.vcas.includes(vca.id);
    return (
      <LatchButton
        key={vca.id}
        on={on}
        label={`${strip.name} follows ${vca.name}`}
        help={`The fader and the mute of ${vca.name} move this strip too.`}
        disabled={!writable}
        className={`px-2 ${className}`}
        onPress={() => apply(assignVca(desk.mix.get(), strip.id, vca.id, !on))}
      >
        {vca.name}
      </LatchButton>
    );
  });
}

function DelaySamples({ strip }: { strip: Strip }) {
  const frames = Math.round(useValue(onStrip(strip, 'delay.time')) * FRAMES_PER_MS);
  return <span className="w-14 text-2xs text-quiet">{frames === 1 ? '1 sample' : `${frames} samples`}</span>;
}

function Placing({ strip }: { strip: Strip }) {
  const dual = useValue(onStrip(strip, 'pan.mode')) >= 0.5;
  return (
    <>
      <div className="flex">
        <Knob target={onStrip(strip, 'trim')} />
        {dual ? (
          <>
            <Knob target={onStrip(strip, 'pan.left')} />
            <Knob target={onStrip(strip, 'pan.right')} />
          </>
        ) : (
          <Knob target={onStrip(strip, 'pan')} />
        )}
        <Knob target={onStrip(strip, 'width')} />
        <Knob target={onStrip(strip, 'delay.time')} />
      </div>
      <div className="flex items-center gap-1">
        <Toggle target={onStrip(strip, 'polarity')} className="!w-8" />
        <Choice target={onStrip(strip, 'pan.law')} />
        <Choice target={onStrip(strip, 'pan.mode')} />
        <span className="flex-1" />
        <Toggle target={onStrip(strip, 'delay.on')} className="!w-12" />
        <DelaySamples strip={strip} />
      </div>
    </>
  );
}

/** What comes in and how it is placed; where it goes and what moves it along. */
export function InputAndOutput({ strip }: { strip: Strip }) {
  return (
    <section className={BOX} aria-label={`${strip.name} input and output`}>
      <h3 className={TITLE}>In and out</h3>
      <Placing strip={strip} />
      {followsVcas(strip) && (
        <div className="flex max-w-72 flex-wrap items-center gap-1">
          <OutputChoice strip={strip} />
          <Toggle target={onStrip(strip, 'solo.safe')} tone="solo" className="!w-20">
            Solo-safe
          </Toggle>
          <VcaChoice strip={strip} />
        </div>
      )}
    </section>
  );
}
