'use client';

import { ChevronRight } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { followsVcas, insertsOf, type Strip, type StripId, sendId } from '../../lib/mix';
import { StripPins } from '../_comments/strip-pins';
import { useMix, useSession, useStore, useValue } from '../_session';
import { Button } from '../_shell/button';
import { Dialog } from '../_shell/dialog';
import { Fader, Knob, Toggle, ValueRow } from '../_ui';
import { stripColor } from '../palette';
import { OutputChoice, VcaChoice } from './channel/in-and-out';
import { EffectsView } from './effects/effects-view';
import { MeterPainterProvider, MeterRow } from './meters/meter-row';
import { PhoneChannel, type PhonePart } from './phone-channel';
import { useAuxes, useMaster, useStripsInRow } from './row';
import { AddStrip } from './strip/add-strip';
import { LevelReadout, MeterSlot, MuteButton, onStrip, SoloButton } from './strip/level-section';
import { useMembers } from './strip/vca-strip';

function Followers({ vca }: { vca: Strip }) {
  const names = useMembers(vca).map(({ name }) => name);
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

const colorOf = (strip: Strip) => (strip.kind === 'master' ? '#e7eaf0' : stripColor(strip.color));

interface PhoneStripProps {
  strip: Strip;
  auxes: readonly Strip[];
  place: string;
  onOpen(strip: Strip, part: PhonePart): void;
  onAdded(strip: StripId): void;
}

/** A processor's switch, and the way into it. */
function Processor({ strip, id, onOpen }: { strip: Strip; id: 'gate' | 'comp' | 'eq'; onOpen: PhoneStripProps['onOpen'] }) {
  const part = id === 'eq' ? 'eq' : 'dynamics';
  return (
    <div className="flex shrink-0 gap-1">
      <span className="min-w-0 flex-1">
        <Toggle target={onStrip(strip, `${id}.on`)} className="!h-10" />
      </span>
      <button
        type="button"
        aria-label={`Open ${strip.name} ${NAMES[id]}`}
        className="grid h-10 w-11 shrink-0 place-items-center rounded-sm bg-raised text-quiet"
        onClick={() => onOpen(strip, part)}
      >
        <ChevronRight size={16} />
      </button>
    </div>
  );
}
const NAMES = { gate: 'Gate', comp: 'Compressor', eq: 'EQ' } as const;

function PhoneStrip({ strip, auxes, place, onOpen, onAdded }: PhoneStripProps) {
  const color = colorOf(strip);
  const muted = useValue(onStrip(strip, 'mute')) >= 0.5;
  const sounds = strip.kind !== 'vca';
  return (
    <section data-strip={strip.id} aria-label={strip.name} className="flex h-full w-full shrink-0 snap-center flex-col px-4 pb-3">
      <header className="flex h-11 shrink-0 items-center gap-2 border-b-2" style={{ borderColor: color }}>
        <h2 className="min-w-0 flex-1 truncate font-semibold text-base" style={{ color }}>
          {strip.name}
        </h2>
        <StripPins strip={strip.id} name={strip.name} className="!h-6 !min-w-6 !text-xs" />
        <span className="text-quiet text-xs">{muted ? `muted · ${place}` : place}</span>
        <AddStrip className="size-10 rounded-md" onAdded={onAdded} />
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
          {sounds ? (
            <>
              <div className="flex justify-center">
                <Knob target={onStrip(strip, 'pan')} color={color} />
              </div>
              {(['eq', 'comp', 'gate'] as const).map((id) => (
                <Processor key={id} strip={strip} id={id} onOpen={onOpen} />
              ))}
              <PhoneEffects strip={strip} />
            </>
          ) : (
            <Followers vca={strip} />
          )}
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

/** The console on a phone: one strip at a time, swiped sideways, with a large fader; its EQ and dynamics on pages. Fills its box. */
export function PhoneConsole() {
  const session = useSession();
  const selected = useStore(session.selected);
  const [part, setPart] = useState<PhonePart | null>(null);
  const strip = useMix((mix) => (selected === null ? undefined : mix.strips.get(selected)));
  if (part !== null && strip)
    return <PhoneChannel strip={strip} color={colorOf(strip)} part={part} onPart={setPart} onBack={() => setPart(null)} />;
  const open = (opened: Strip, wanted: PhonePart) => {
    session.select(opened.id);
    setPart(wanted);
  };
  return <SwipedStrips onOpen={open} />;
}

function SwipedStrips({ onOpen }: Pick<PhoneStripProps, 'onOpen'>) {
  const session = useSession();
  const scroller = useRef<HTMLDivElement>(null);
  const row = useStripsInRow();
  const master = useMaster();
  const strips = useMemo(() => (master ? [...row, master] : row), [row, master]);
  const auxes = useAuxes();
  const opened = useRef(false);
  const added = useRef<StripId | null>(null);
  const onAdded = (id: StripId) => {
    added.current = id;
  };
  // Opens at the selected strip; from then on the finger leads.
  useEffect(() => {
    if (opened.current || strips.length === 0 || !scroller.current) return;
    opened.current = true;
    const index = strips.findIndex((strip) => strip.id === session.selected.get());
    if (index > 0) scroller.current.scrollLeft = index * scroller.current.clientWidth;
  }, [session, strips]);
  // What has just been added is shown as soon as it is there.
  useEffect(() => {
    const index = strips.findIndex((strip) => strip.id === added.current);
    if (index < 0 || !scroller.current) return;
    added.current = null;
    scroller.current.scrollLeft = index * scroller.current.clientWidth;
  }, [strips]);
  return (
    <MeterPainterProvider>
      <section
        ref={scroller}
        aria-label="Console"
        className="h-full w-full snap-x snap-mandatory overflow-x-auto overflow-y-hidden bg-surface"
      >
        <MeterRow scroller={scroller} className="h-full w-full">
          {strips.map((strip, index) => (
            <PhoneStrip
              key={strip.id}
              strip={strip}
              auxes={auxes}
              place={`${index + 1} of ${strips.length}`}
              onOpen={onOpen}
              onAdded={onAdded}
            />
          ))}
        </MeterRow>
      </section>
    </MeterPainterProvider>
  );
}
