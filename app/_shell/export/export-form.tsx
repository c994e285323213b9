import type { Loop } from '../../../lib/protocol';
import { Choose } from '../field';
import { shortTime } from '../words';
import { type Choices, FORMATS, LEVELS, RANGES, TAILS, WHATS } from './choices';

interface ExportFormProps {
  choices: Choices;
  onChange(choices: Choices): void;
  /** Seconds; 0 where nothing can play. */
  length: number;
  loop: Loop | null;
}

function Tick({ label, checked, onChange }: { label: string; checked: boolean; onChange(checked: boolean): void }) {
  return (
    <label className="flex items-center gap-2 text-sm">
      <input type="checkbox" className="accent-accent" checked={checked} onChange={(event) => onChange(event.target.checked)} />
      {label}
    </label>
  );
}

function summary({ what, effects, master }: Choices, seconds: number): string {
  const length = `${shortTime(seconds)} at 48 kHz.`;
  if (what === 'mix') return `${length} Your solos and listening level are left out. It is made on this machine.`;
  const sum = effects && !master ? ' Together the files are the mix before the master.' : '';
  return `${length} One file after the other, made on this machine.${sum}`;
}

/** What to export, and how. */
export function ExportForm({ choices, onChange, length, loop }: ExportFormProps) {
  const set = (change: Partial<Choices>) => onChange({ ...choices, ...change });
  const looped = choices.range === 'loop' && loop !== null;
  const seconds = (looped && loop ? loop.until - loop.from : length) + Number(choices.tail);
  return (
    <>
      <Choose label="What" value={choices.what} choices={WHATS} onChange={(what) => set({ what })} className="w-full" />
      {choices.what !== 'mix' && (
        <div className="flex flex-col gap-2">
          <Tick label="With the effects they send to" checked={choices.effects} onChange={(effects) => set({ effects })} />
          <Tick label="Through the master’s EQ, compressor and limiter" checked={choices.master} onChange={(master) => set({ master })} />
        </div>
      )}
      <Choose label="Format" value={choices.format} choices={FORMATS} onChange={(format) => set({ format })} className="w-full" />
      <div className="grid grid-cols-2 gap-4">
        <Choose
          label="Range"
          value={looped ? 'loop' : 'whole'}
          choices={loop ? RANGES : RANGES.slice(0, 1)}
          onChange={(range) => set({ range })}
          className="w-full"
        />
        <Choose label="Tail for echoes" value={choices.tail} choices={TAILS} onChange={(tail) => set({ tail })} className="w-full" />
      </div>
      {choices.what === 'mix' && (
        <Choose label="Level" value={choices.level} choices={LEVELS} onChange={(level) => set({ level })} className="w-full" />
      )}
      <p className="text-quiet text-sm">
        {length > 0 ? summary(choices, seconds) : 'There is nothing to export yet: the session has no stems that can play.'}
      </p>
    </>
  );
}
