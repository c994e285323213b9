'use client';

import { formatShort, type Strip, stripRow, type Target } from '../../../lib/mix';
import { useSession, useStore, useValue } from '../../_session';
import { Fader, type FaderSize, faderMargin, LatchButton, Toggle } from '../../_ui';
import { useMeterPainter } from '../meters/meter-row';

export function onStrip(strip: Pick<Strip, 'id'>, parameter: string): Target {
  return { on: 'strip', id: strip.id, parameter };
}

/** Solo is mine alone: it is no parameter of the mix. */
export function SoloButton({ strip, className = '', text = 'S' }: { strip: Strip; className?: string; text?: string }) {
  const { monitor } = useSession().engine;
  const soloed = useStore(monitor.soloed).has(strip.id);
  return (
    <LatchButton
      on={soloed}
      tone="solo"
      label={`${strip.name} Solo`}
      help="Hear this strip alone. Only you hear it so. Alt-click: this one and no other."
      className={className}
      onPress={(alt) => monitor.toggleSolo(strip.id, alt)}
    >
      {text}
    </LatchButton>
  );
}

export function MuteButton({ strip, className = '', text = 'M' }: { strip: Strip; className?: string; text?: string }) {
  return (
    <Toggle target={onStrip(strip, 'mute')} tone="mute" className={className}>
      {text}
    </Toggle>
  );
}

/** The place of a strip's meter; drawn on the canvas behind. A press puts the clip lamp out. */
export function MeterSlot({ strip, className, size = 'strip' }: { strip: Strip; className: string; size?: FaderSize }) {
  const painter = useMeterPainter();
  return (
    <div data-meter={strip.id} className={`absolute ${className}`} style={{ top: faderMargin(size), bottom: faderMargin(size) }}>
      <button
        type="button"
        tabIndex={-1}
        aria-label={`Clear the clip lamp of ${strip.name}`}
        className="absolute -top-4 -right-1 -left-1 h-5 rounded-sm"
        onClick={() => painter.clear()}
      />
    </div>
  );
}

/** Fader value, and the highest peak since it was cleared. */
export function LevelReadout({ strip }: { strip: Strip }) {
  const painter = useMeterPainter();
  const value = useValue(onStrip(strip, 'fader'));
  const row = stripRow('fader');
  return (
    <div className="flex h-5 shrink-0 items-center justify-between px-1.5 text-2xs">
      <span className="font-semibold">{row ? formatShort(row, value) : ''}</span>
      <button
        type="button"
        tabIndex={-1}
        data-highest=""
        aria-label={`Highest peak of ${strip.name}, press to clear`}
        title="Highest peak since it was cleared, dBFS. Press to clear."
        className="readout h-4 w-8 rounded-sm pr-0.5 text-right text-quiet @max-[60px]:hidden data-[over=true]:bg-record data-[over=true]:text-bg"
        onClick={() => painter.clear()}
      >
        −∞
      </button>
    </div>
  );
}

interface LevelLook {
  strip: Strip;
  color: string;
  meter: string;
  size?: FaderSize;
}

/** Fader with scale, and the meter beside it. */
export function LevelSection({ strip, color, meter, size = 'strip' }: LevelLook) {
  return (
    <div className="relative mx-1 min-h-24 flex-1">
      <div className={`absolute inset-y-0 left-0 ${size === 'narrow' ? 'w-[28px]' : 'w-[50px]'}`}>
        <Fader target={onStrip(strip, 'fader')} color={color} size={size} />
      </div>
      <MeterSlot strip={strip} className={meter} size={size} />
    </div>
  );
}
