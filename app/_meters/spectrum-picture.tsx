'use client';

import { useRef, useState } from 'react';
import type { StripId } from '../../lib/mix';
import { acrossOf } from '../_console/eq/axes';
import { fitCanvas } from '../_console/fit-canvas';
import { useSession } from '../_session';
import { Button } from '../_shell/button';
import { useFrame } from '../_shell/frame';
import { INK } from '../palette';
import { calm } from './calm';
import { COLUMNS, SpectrumTrace } from './spectrum-trace';
import { StripChoice } from './strip-choice';

const TOP_DB = 0;
const BOTTOM_DB = -90;
const LABELS = [
  [50, '50'],
  [100, '100'],
  [500, '500'],
  [1000, '1k'],
  [5000, '5k'],
  [10_000, '10k'],
] as const;
const SLOPES = [
  [0, '0 dB/oct'],
  [3, '3 dB/oct'],
  [4.5, '4.5 dB/oct'],
] as const;
const SPEEDS = [
  [0.05, 'Fast'],
  [0.4, 'Medium'],
  [2, 'Slow'],
] as const;
const SIZES = [
  [1024, 'Coarse'],
  [4096, 'Fine'],
  [8192, 'Finest'],
] as const;
const SELECT = 'h-6 min-w-0 rounded-sm border border-line bg-raised px-1 text-2xs text-text hover:bg-hover';

function Numbers(props: {
  label: string;
  options: readonly (readonly [number, string])[];
  value: number;
  onChoose: (value: number) => void;
}) {
  return (
    <select
      aria-label={props.label}
      title={props.label}
      className={SELECT}
      value={props.value}
      onChange={(event) => props.onChoose(Number(event.currentTarget.value))}
    >
      {props.options.map(([value, name]) => (
        <option key={value} value={value}>
          {name}
        </option>
      ))}
    </select>
  );
}

function grid(context: CanvasRenderingContext2D, width: number, height: number): void {
  context.strokeStyle = INK.line;
  context.fillStyle = INK.quiet;
  context.font = '9px sans-serif';
  context.lineWidth = 1;
  context.beginPath();
  for (const [hertz, name] of LABELS) {
    const x = Math.round(acrossOf(hertz) * width) + 0.5;
    context.moveTo(x, 0);
    context.lineTo(x, height);
    context.fillText(name, x + 2, height - 3);
  }
  for (let decibels = -20; decibels > BOTTOM_DB; decibels -= 20) {
    const y = Math.round(((TOP_DB - decibels) / (TOP_DB - BOTTOM_DB)) * height) + 0.5;
    context.moveTo(0, y);
    context.lineTo(width, y);
    context.fillText(`−${-decibels}`, 2, y - 2);
  }
  context.stroke();
}

function trace(
  context: CanvasRenderingContext2D,
  values: Float32Array,
  width: number,
  height: number,
  color: string,
  lineWidth: number,
): void {
  context.strokeStyle = color;
  context.lineWidth = lineWidth;
  context.beginPath();
  for (let column = 0; column < COLUMNS; column += 1) {
    const y = ((TOP_DB - Math.max(BOTTOM_DB - 5, values[column] ?? BOTTOM_DB)) / (TOP_DB - BOTTOM_DB)) * height;
    context.lineTo(((column + 0.5) / COLUMNS) * width, y);
  }
  context.stroke();
}

/** The spectrum of a strip, and by choice of another one to compare it with. */
export function SpectrumPicture({ strip }: { strip: StripId }) {
  const { meters } = useSession().engine;
  const canvas = useRef<HTMLCanvasElement>(null);
  const traces = useRef({ one: new SpectrumTrace(), other: new SpectrumTrace() });
  const [other, setOther] = useState<StripId | null>(null);
  const [look, setLook] = useState({ bins: 4096, slope: 4.5, seconds: 0.4, hold: false });
  const last = useRef(0);
  useFrame((now) => {
    const elapsed = now - last.current;
    if (elapsed < calm()) return;
    last.current = now;
    const view = fitCanvas(canvas.current);
    if (!view) return;
    const { context, width, height } = view;
    grid(context, width, height);
    traces.current.one.look(meters, strip, look, Math.min(elapsed, 500));
    if (other) {
      traces.current.other.look(meters, other, look, Math.min(elapsed, 500));
      trace(context, traces.current.other.shown, width, height, INK.solo, 1.2);
    }
    if (look.hold) trace(context, traces.current.one.highest, width, height, `${INK.quiet}a0`, 1);
    trace(context, traces.current.one.shown, width, height, INK.accent, 1.5);
  });
  const change = (part: Partial<typeof look>) => {
    setLook({ ...look, ...part });
    traces.current.one.clear();
  };
  return (
    <>
      <div className="relative h-40 rounded-sm bg-bg">
        <canvas
          ref={canvas}
          role="img"
          aria-label="Spectrum, 20 Hz to 20 kHz, decibels below full scale"
          className="absolute inset-0 h-full w-full"
        />
      </div>
      <StripChoice label="Compare the spectrum with" value={other} none="Compare with …" onChoose={setOther} />
      <div className="flex flex-wrap items-center gap-1">
        <Numbers label="Slope of the spectrum" options={SLOPES} value={look.slope} onChoose={(slope) => change({ slope })} />
        <Numbers label="Averaging of the spectrum" options={SPEEDS} value={look.seconds} onChoose={(seconds) => change({ seconds })} />
        <Numbers label="Resolution of the spectrum" options={SIZES} value={look.bins} onChoose={(bins) => change({ bins })} />
        <Button size="small" look={look.hold ? 'primary' : 'plain'} aria-pressed={look.hold} onPress={() => change({ hold: !look.hold })}>
          Hold
        </Button>
      </div>
    </>
  );
}
