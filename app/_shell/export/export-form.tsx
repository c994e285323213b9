import type { Loop } from '../../../lib/protocol';
import { Choose, Field } from '../field';
import { exactTime, shortTime } from '../words';
import { type Choices, FORMATS, LEVELS, RANGES, stretchOf, TAILS, WHATS } from './choices';

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
  const { stretch, why } = stretchOf(choices, loop, length);
  const seconds = (stretch ? stretch.until - stretch.from : length) + Number(choices.tail);
  const { from, until } = choices.typed;
  const type = (typed: Partial<Choices['typed']>) => set({ typed: { ...choices.typed, ...typed } });
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
          value={choices.range === 'loop' && !loop ? 'whole' : choices.range}
          choices={RANGES.filter(({ value }) => loop || value !== 'loop')}
          onChange={(range) => set({ range, ...(until === '' && { typed: { from, until: exactTime(length) } }) })}
          className="w-full"
        />
        <Choose label="Tail for echoes" value={choices.tail} choices={TAILS} onChange={(tail) => set({ tail })} className="w-full" />
      </div>
      {choices.range === 'range' && (
        <div className="grid grid-cols-2 gap-x-4 gap-y-1">
          <Field label="From" value={from} onChange={(time) => type({ from: time })} isInvalid={why !== undefined} />
          <Field label="To" value={until} onChange={(time) => type({ until: time })} isInvalid={why !== undefined} />
          {why && (
            <p role="alert" className="col-span-2 text-record text-sm">
              {why}
            </p>
          )}
        </div>
      )}
      {choices.what === 'mix' && (
        <Choose label="Level" value={choices.level} choices={LEVELS} onChange={(level) => set({ level })} className="w-full" />
      )}
      <p className="text-quiet text-sm">
        {length > 0 ? summary(choices, seconds) : 'There is nothing to export yet: the session has no stems that can play.'}
      </p>
    </>
  );
}
