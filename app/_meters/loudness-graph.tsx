'use client';

import { useEffect, useId, useRef, useState } from 'react';
import type { LoudnessHistory } from '../../lib/audio';
import { fitCanvas } from '../_console/fit-canvas';
import { blankMaster } from '../_console/meters/blank';
import { useSession } from '../_session';
import { Button } from '../_shell/button';
import { paintText, useFrame } from '../_shell/frame';
import { level } from '../_shell/words';
import { INK } from '../palette';

const TOP = -4;
const BOTTOM = -44;
const LINES = [-10, -20, -30, -40];
const PER_SECOND = 10;
const TARGETS = [-14, -16, -23] as const;
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

function line(context: CanvasRenderingContext2D, values: Float32Array, count: number, span: number, width: number, height: number): void {
  const points = Math.min(count, span);
  const first = count - points;
  let pen = false;
  context.beginPath();
  for (let n = 0; n < points; n += 1) {
    const value = values[first + n] ?? BOTTOM;
    const x = width - ((points - n) / span) * width;
    const y = ((TOP - Math.max(BOTTOM, value)) / (TOP - BOTTOM)) * height;
    if (pen) context.lineTo(x, y);
    else context.moveTo(x, y);
    pen = true;
  }
  context.stroke();
}

function grid(context: CanvasRenderingContext2D, width: number, height: number, target: number): void {
  context.font = '9px sans-serif';
  context.lineWidth = 1;
  for (const value of [...LINES, target]) {
    const y = Math.round(((TOP - value) / (TOP - BOTTOM)) * height) + 0.5;
    const isTarget = value === target;
    context.strokeStyle = isTarget ? INK.ok : INK.line;
    context.fillStyle = isTarget ? INK.ok : INK.quiet;
    context.setLineDash(isTarget ? [4, 3] : []);
    context.beginPath();
    context.moveTo(0, y);
    context.lineTo(width, y);
    context.stroke();
    context.fillText(`−${-value}`, isTarget ? width - 22 : 3, y - 2);
  }
  context.setLineDash([]);
}

/** Loudness over the time that was played, with a target to hold it against, and the numbers. */
export function LoudnessGraph() {
  const { meters } = useSession().engine;
  const canvas = useRef<HTMLCanvasElement>(null);
  const spans = useRef(new Map<string, HTMLElement>());
  const reading = useRef(blankMaster());
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
    if (meters.readMaster(reading.current))
      for (const [key] of NUMBERS) paintText(spans.current.get(key) ?? null, level(reading.current[key]));
    const view = fitCanvas(canvas.current);
    if (!view || !history.current) return;
    const span = seconds * PER_SECOND;
    const count = meters.readHistory(Math.max(0, meters.historyLength() - span), history.current);
    grid(view.context, view.width, view.height, target);
    view.context.strokeStyle = `${INK.quiet}90`;
    line(view.context, history.current.momentary, count, span, view.width, view.height);
    view.context.strokeStyle = INK.accent;
    view.context.lineWidth = 1.5;
    line(view.context, history.current.shortTerm, count, span, view.width, view.height);
  });
  return (
    <>
      <dl className="grid grid-cols-5 gap-1 text-center">
        {NUMBERS.map(([key, name, unit, title]) => (
          <div key={key} title={title}>
            <dt className="text-2xs text-quiet">
              <abbr title={title} className="no-underline">
                {name}
              </abbr>
            </dt>
            <dd className="font-semibold text-sm">
              <span ref={(element) => void (element ? spans.current.set(key, element) : spans.current.delete(key))}>−∞</span>
              <span className="block font-normal text-2xs text-quiet">{unit}</span>
            </dd>
          </div>
        ))}
      </dl>
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
        <select
          aria-label="Target loudness"
          className={SELECT}
          value={target}
          onChange={(event) => setTarget(Number(event.currentTarget.value))}
        >
          {TARGETS.map((value) => (
            <option key={value} value={value}>{`Target −${-value} LUFS`}</option>
          ))}
        </select>
        <select
          aria-label="Time shown"
          className={SELECT}
          value={seconds}
          onChange={(event) => setSeconds(Number(event.currentTarget.value))}
        >
          {SPANS.map(([value, name]) => (
            <option key={value} value={value}>
              {name}
            </option>
          ))}
        </select>
        <Button size="small" aria-label="Reset: measure the loudness anew" className="ml-auto" onPress={() => meters.resetLoudness()}>
          Reset
        </Button>
      </div>
    </>
  );
}
