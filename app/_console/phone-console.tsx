'use client';

import { useEffect, useMemo, useRef, useState } from 'react';
import { followsVcas, insertsOf, type Strip, sendId } from '../../lib/mix';
import { useMix, useSession, useValue } from '../_session';
import { Button } from '../_shell/button';
import { Dialog } from '../_shell/dialog';
import { Fader, Knob, Toggle, ValueRow } from '../_ui';
import { stripColor } from '../palette';
import { OutputChoice, VcaChoice } from './channel/in-and-out';
import { EffectsView } from './effects/effects-view';
import { MeterPainterProvider, MeterRow } from './meters/meter-row';
import { useAuxes, useMaster, useStripsInRow } from './row';
import { LevelReadout, MeterSlot, MuteButton, onStrip, SoloButton } from './strip/level-section';
import { useMemberNames } from './strip/vca-strip';

function Followers({ vca }: { vca: Strip }) {
  const names = useMemberNames(vca);
  return <p className="text-quiet text-sm">{names.length > 0 ? `Moves ${names.join(', ')}` : 'Nobody follows this VCA yet.'}</p>;
}

/** Opens a strip's effects over the page. */
function PhoneEffects({ strip }: { strip: Strip }) {
  const [open, setOpen] = useState(false);
  const count = useMix((mix) => insertsOf(mix, strip.id).length);
  return (
    <>
      <Button onPress={() => setOpen(true)}>{count === 0 ? 'Effects' : `Effects (${count})`}</Button>
      <Dialog title={`Effects of ${strip.name}`} isOpen={open} onClose={() => setOpen(false)} width="wide">
        <EffectsView strip={strip} />
      </Dialog>
    </>
  );
}

function PhoneStrip({ strip, auxes, place }: { strip: Strip; auxes: readonly Strip[]; place: string }) {
  const color = strip.kind === 'master' ? 'var(--color-text)' : stripColor(strip.color);
  const muted = useValue(onStrip(strip, 'mute')) >= 0.5;
  const sounds = strip.kind !== 'vca';
  return (
    <section data-strip={strip.id} aria-label={strip.name} className="flex h-full w-full shrink-0 snap-center flex-col px-4 pb-3">
      <header className="flex h-11 shrink-0 items-center gap-2 border-b-2" style={{ borderColor: color }}>
        <h2 className="min-w-0 flex-1 truncate font-semibold text-base" style={{ color }}>
          {strip.name}
        </h2>
        <span className="text-quiet text-xs">{muted ? `muted · ${place}` : place}</span>
      </header>
      <div className="flex min-h-0 flex-1 gap-4 pt-3">
        <div className="flex w-44 shrink-0 flex-col">
          <div className="relative min-h-40 flex-1">
            <div className="absolute inset-y-0 left-0 w-28">
              <Fader target={onStrip(strip, 'fader')} color={color} size="large" />
            </div>
            {sounds && <MeterSlot strip={strip} className="right-1 w-12" size="large" />}
          </div>
          {sounds && <LevelReadout strip={strip} />}
        </div>
        <div className="flex min-w-0 flex-1 flex-col gap-2 overflow-y-auto">
          <MuteButton strip={strip} className="!h-11 !text-sm" text="Mute" />
          {strip.kind !== 'master' && <SoloButton strip={strip} className="!h-11 !text-sm" text="Solo" />}
          {sounds && (
            <div className="flex justify-center">
              <Knob target={onStrip(strip, 'pan')} color={color} />
            </div>
          )}
          {!sounds && <Followers vca={strip} />}
          <Toggle target={onStrip(strip, 'gate.on')} className="!h-9" />
          <Toggle target={onStrip(strip, 'comp.on')} className="!h-9" />
          <Toggle target={onStrip(strip, 'eq.on')} className="!h-9" />
          {sounds && <PhoneEffects strip={strip} />}
          {strip.kind === 'master' && <Toggle target={onStrip(strip, 'limiter.on')} className="!h-9" />}
          {followsVcas(strip) && <OutputChoice strip={strip} className="!h-9 shrink-0" />}
          {followsVcas(strip) && <VcaChoice strip={strip} className="!h-9 shrink-0" />}
          {(strip.kind === 'stem' || strip.kind === 'group') &&
            auxes.map((aux) => (
              <ValueRow
                key={aux.id}
                target={{ on: 'send', id: sendId(strip.id, aux.id), parameter: 'level' }}
                name={aux.name}
                color={stripColor(aux.color)}
                tall
              />
            ))}
        </div>
      </div>
    </section>
  );
}

/** The console on a phone: one strip at a time, swiped sideways, with a large fader. Fills its box. */
export function PhoneConsole() {
  const session = useSession();
  const scroller = useRef<HTMLDivElement>(null);
  const row = useStripsInRow();
  const master = useMaster();
  const strips = useMemo(() => (master ? [...row, master] : row), [row, master]);
  const auxes = useAuxes();
  const opened = useRef(false);
  // Opens at the selected strip; from then on the finger leads.
  useEffect(() => {
    if (opened.current || strips.length === 0 || !scroller.current) return;
    opened.current = true;
    const index = strips.findIndex((strip) => strip.id === session.selected.get());
    if (index > 0) scroller.current.scrollLeft = index * scroller.current.clientWidth;
  }, [session, strips]);
  return (
    <MeterPainterProvider>
      <section
        ref={scroller}
        aria-label="Console"
        className="h-full w-full snap-x snap-mandatory overflow-x-auto overflow-y-hidden bg-surface"
      >
        <MeterRow scroller={scroller} layout={strips} className="h-full w-full">
          {strips.map((strip, index) => (
            <PhoneStrip key={strip.id} strip={strip} auxes={auxes} place={`${index + 1} of ${strips.length}`} />
          ))}
        </MeterRow>
      </section>
    </MeterPainterProvider>
  );
}
