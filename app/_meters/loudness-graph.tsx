'use client';

import { useEffect, useId, useRef, useState } from 'react';
import type { LoudnessHistory } from '../../lib/audio';
import { fitCanvas } from '../_console/fit-canvas';
import { blankMaster } from '../_console/meters/blank';
import { useSession } from '../_session';
import { Button } from '../_shell/button';
import { paintText, useFrame } from '../_shell/frame';
import { level } from '../_shell/words';
import { drawLoudness } from './loudness-trace';

const PER_SECOND = 10;
const TARGETS = [-14, -16, -23].map((value) => [value, `Target −${-value} LUFS`] as const);
const SPANS = [
  [60, '1 min'],
  [300, '5 min'],
  [1800, '30 min'],
] as const;
const REFRESH_MS = 100;
const MOST = 1800 * PER_SECOND;

const NUMBERS = [
  ['momentary', 'M', 'LUFS', 'Momentary loudness, over 0.4 seconds'],
  ['shortTerm', 'S', 'LUFS', 'Short-term loudness, over 3 seconds'],
  ['integrated', 'I', 'LUFS', 'Integrated loudness since the last reset'],
  ['range', 'LRA', 'LU', 'Loudness range'],
  ['truePeak', 'TP', 'dBTP', 'Highest true peak since the last reset'],
] as const;

const SELECT = 'h-6 rounded-sm border border-line bg-raised px-1 text-2xs text-text hover:bg-hover';

/** The numbers of the mix; `paint` puts what is measured now into them. */
function useNumbers() {
  const { meters } = useSession().engine;
  const cells = useRef(new Map<string, HTMLElement>());
  const reading = useRef(blankMaster());
  const paint = () => {
    if (!meters.readMaster(reading.current)) return;
    for (const [key] of NUMBERS) paintText(cells.current.get(key) ?? null, level(reading.current[key]));
  };
  const numbers = (
    <dl className="grid grid-cols-5 gap-1 text-center">
      {NUMBERS.map(([key, name, unit, title]) => (
        <div key={key} title={title}>
          <dt className="text-2xs text-quiet">
            <abbr title={title} className="no-underline">
              {name}
            </abbr>
          </dt>
          <dd className="font-semibold text-sm">
            <span ref={(element) => void (element ? cells.current.set(key, element) : cells.current.delete(key))}>−∞</span>
            <span className="block font-normal text-2xs text-quiet">{unit}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
  return { numbers, paint };
}

interface NumberChoice {
  readonly label: string;
  readonly options: readonly (readonly [number, string])[];
  readonly value: number;
  readonly onChoose: (value: number) => void;
}

function NumberSelect({ label, options, value, onChoose }: NumberChoice) {
  return (
    <select aria-label={label} className={SELECT} value={value} onChange={(event) => onChoose(Number(event.currentTarget.value))}>
      {options.map(([one, name]) => (
        <option key={one} value={one}>
          {name}
        </option>
      ))}
    </select>
  );
}

/** Loudness over the time that was played, with a target to hold it against, and the numbers. */
export function LoudnessGraph() {
  const { meters } = useSession().engine;
  const canvas = useRef<HTMLCanvasElement>(null);
  const { numbers, paint } = useNumbers();
  const history = useRef<LoudnessHistory | null>(null);
  const last = useRef(0);
  const [seconds, setSeconds] = useState<number>(60);
  const [target, setTarget] = useState<number>(-14);
  const help = useId();
  useEffect(() => {
    history.current = { momentary: new Float32Array(MOST), shortTerm: new Float32Array(MOST), place: new Int32Array(MOST) };
  }, []);
  useFrame((now) => {
    if (now - last.current < REFRESH_MS) return;
    last.current = now;
    paint();
    const view = fitCanvas(canvas.current);
    if (!view || !history.current) return;
    const span = seconds * PER_SECOND;
    const count = meters.readHistory(Math.max(0, meters.historyLength() - span), history.current);
    drawLoudness(view, history.current, count, span, target);
  });
  return (
    <>
      {numbers}
      <div className="relative h-28 rounded-sm bg-bg">
        <canvas
          ref={canvas}
          role="img"
          aria-describedby={help}
          aria-label="Loudness over time"
          className="absolute inset-0 h-full w-full"
        />
      </div>
      <p id={help} className="text-2xs text-quiet">
        Blue: short-term. Grey: momentary. Dashed: the target.
      </p>
      <div className="flex items-center gap-2">
        <NumberSelect label="Target loudness" options={TARGETS} value={target} onChoose={setTarget} />
        <NumberSelect label="Time shown" options={SPANS} value={seconds} onChoose={setSeconds} />
        <Button size="small" aria-label="Reset: measure the loudness anew" className="ml-auto" onPress={() => meters.resetLoudness()}>
          Reset
        </Button>
      </div>
    </>
  );
}
