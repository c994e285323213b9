'use client';

import { type ReactNode, useEffect, useId, useState } from 'react';
import { Slider, SliderOutput, SliderThumb, SliderTrack } from 'react-aria-components';
import type { Crossfeed, KeyHeard, Listening, MonitorBand, SoloMode } from '../../lib/audio';
import { INSERT_NAMES, type Mix } from '../../lib/mix';
import { useMix, useSession, useStore } from '../_session';
import { Button, IconToggle } from './button';
import { attempt } from './toasts';
import { level } from './words';

const QUIETEST = -60;
const MOST_NUDGE = 500;

const SWITCHES = [
  { key: 'dim', name: 'Dim', label: 'Dim by 20 dB' },
  { key: 'mono', name: 'Mono', label: 'Both ears get the middle: left and right as one' },
  { key: 'side', name: 'Side', label: 'Both ears get what differs between left and right' },
  { key: 'swap', name: 'L⇄R', label: 'Left and right change places' },
  { key: 'invert', name: 'Ø L', label: 'Turn the left side round' },
] as const satisfies readonly { key: keyof Listening; name: string; label: string }[];

/** The middle and the side are two answers to one question: the one puts the other out. */
function switched(key: (typeof SWITCHES)[number]['key'], on: boolean): Partial<Listening> {
  const other = key === 'mono' ? 'side' : key === 'side' ? 'mono' : null;
  return { [key]: on, ...(on && other && { [other]: false }) };
}

const BANDS: readonly (readonly [MonitorBand, string])[] = [
  ['all', 'Everything'],
  ['lows', 'Lows, below 250 Hz'],
  ['mids', 'Mids, 250 Hz to 4 kHz'],
  ['highs', 'Highs, above 4 kHz'],
];
const CROSSFEEDS: readonly (readonly [Crossfeed, string])[] = [
  ['off', 'Off'],
  ['light', 'Light'],
  ['medium', 'Medium'],
  ['strong', 'Strong'],
];
const SOLO_MODES: readonly (readonly [SoloMode, string])[] = [
  ['in place', 'In place: the others fall silent'],
  ['after', 'After the fader (AFL)'],
  ['before', 'Before fader, mute and pan (PFL)'],
];

function Line({ name, help, children }: { name: string; help?: string; children: (id: string) => ReactNode }) {
  const id = useId();
  return (
    <div className="flex items-center justify-between gap-3 text-sm" title={help}>
      <label htmlFor={id} className="shrink-0">
        {name}
      </label>
      {children(id)}
    </div>
  );
}

const SELECT = 'h-7 w-48 truncate rounded-sm border border-line bg-raised px-1.5 text-xs text-text hover:bg-hover';

function Options<T extends string>({
  id,
  options,
  value,
  onChoose,
}: {
  id: string;
  options: readonly (readonly [T, string])[];
  value: T;
  onChoose: (value: T) => void;
}) {
  return (
    <select
      id={id}
      className={SELECT}
      value={value}
      onChange={(event) => {
        const chosen = options.find(([choice]) => choice === event.currentTarget.value);
        if (chosen) onChoose(chosen[0]);
      }}
    >
      {options.map(([choice, name]) => (
        <option key={choice} value={choice}>
          {name}
        </option>
      ))}
    </select>
  );
}

function Level() {
  const { monitor } = useSession().engine;
  const decibels = useStore(monitor.listening).level;
  return (
    <Slider
      aria-label="Level"
      minValue={QUIETEST}
      maxValue={0}
      step={0.5}
      value={decibels}
      onChange={(value) => monitor.listen({ level: value })}
    >
      <div className="flex justify-between text-sm">
        <span>Level</span>
        <SliderOutput>{`${level(decibels)} dB`}</SliderOutput>
      </div>
      <SliderTrack className="relative mt-2 h-5 w-full before:absolute before:top-2 before:h-1 before:w-full before:rounded-full before:bg-hover">
        <SliderThumb className="top-1/2 size-4 rounded-full border-2 border-bg bg-accent data-[focus-visible]:outline-2 data-[focus-visible]:outline-accent" />
      </SliderTrack>
    </Slider>
  );
}

/** What is being typed stays as it is typed: half a number, like a lone minus, is not put right under the hand. */
function Nudge({ id }: { id: string }) {
  const { outputs } = useSession().engine;
  const nudge = useStore(outputs.nudge);
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <input
      id={id}
      type="number"
      min={-MOST_NUDGE}
      max={MOST_NUDGE}
      step={5}
      value={typed ?? nudge}
      onChange={({ currentTarget }) => {
        setTyped(currentTarget.value);
        if (!Number.isNaN(currentTarget.valueAsNumber)) outputs.setNudge(currentTarget.valueAsNumber);
      }}
      onBlur={() => setTyped(null)}
      title="Double-click for none"
      onDoubleClick={() => {
        setTyped(null);
        outputs.setNudge(0);
      }}
      className="h-7 w-20 rounded-sm border border-line bg-raised px-1.5 text-right text-xs"
    />
  );
}

/** Where the sound goes, and how late it is there. */
function Output() {
  const { outputs } = useSession().engine;
  const list = useStore(outputs.list);
  const chosen = useStore(outputs.chosen);
  const named = useStore(outputs.named);
  useEffect(() => void outputs.refresh(), [outputs]);
  return (
    <>
      {outputs.choosable ? (
        <Line name="Output">
          {(id) => (
            <Options
              id={id}
              options={list.map((device) => [device.id, device.name] as const)}
              value={chosen}
              onChoose={(device) => void attempt(outputs.choose(device))}
            />
          )}
        </Line>
      ) : (
        <p className="text-quiet text-xs">This browser plays where the system plays; choose the output there.</p>
      )}
      {outputs.choosable && !named && (
        <Button size="small" onPress={() => void outputs.askForNames().catch(() => outputs.refresh())}>
          Show the outputs by name (asks for the microphone)
        </Button>
      )}
      <Line
        name="Delay of this output"
        help="For Bluetooth: how many milliseconds later you hear it than the others. Remembered for each output."
      >
        {(id) => (
          <span className="flex items-center gap-1.5">
            <Nudge id={id} />
            <span className="text-quiet text-xs">ms</span>
          </span>
        )}
      </Line>
    </>
  );
}

/** Whose key it is, as people call it. */
function keyName(mix: Mix, key: KeyHeard): string {
  if (key.on === 'strip') return `${mix.strips.get(key.id)?.name ?? ''} ${key.processor === 'gate' ? 'gate' : 'compressor'}`;
  const insert = mix.inserts.get(key.id);
  return insert ? `${mix.strips.get(insert.strip)?.name ?? ''} ${INSERT_NAMES[insert.type]}` : '';
}

/** The way back from a key that is heard, wherever its processor is by now. */
function KeyLine() {
  const { engine } = useSession();
  const key = useStore(engine.monitor.key);
  const name = useMix((mix) => (key ? keyName(mix, key) : ''));
  if (!key) return null;
  return (
    <div className="flex items-center justify-between gap-3 rounded-sm border border-solo/60 px-2 py-1 text-sm">
      <span className="min-w-0 truncate">{`Key of ${name}`}</span>
      <Button size="small" onPress={() => engine.monitor.hearKey(null)}>
        Hear the mix
      </Button>
    </div>
  );
}

/** Everything of my listening; see `Monitor`. */
export function MonitorSettings() {
  const { monitor } = useSession().engine;
  const listening = useStore(monitor.listening);
  const mode = useStore(monitor.soloMode);
  return (
    <>
      <Level />
      <div className="flex gap-1.5">
        {SWITCHES.map(({ key, name, label }) => (
          <IconToggle
            key={key}
            label={label}
            on={listening[key]}
            onChange={(on) => monitor.listen(switched(key, on))}
            className="flex-1 !px-1"
          >
            {name}
          </IconToggle>
        ))}
      </div>
      <Line name="Hear" help="Part of the range alone, with steep filters">
        {(id) => <Options id={id} options={BANDS} value={listening.band} onChoose={(band) => monitor.listen({ band })} />}
      </Line>
      <Line name="Crossfeed" help="For headphones: each ear hears some of the other side, as from loudspeakers">
        {(id) => (
          <Options id={id} options={CROSSFEEDS} value={listening.crossfeed} onChoose={(crossfeed) => monitor.listen({ crossfeed })} />
        )}
      </Line>
      <Line name="Solo" help="How soloed strips are heard">
        {(id) => <Options id={id} options={SOLO_MODES} value={mode} onChoose={(to) => monitor.setSoloMode(to)} />}
      </Line>
      <KeyLine />
      <Output />
    </>
  );
}
