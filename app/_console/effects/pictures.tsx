'use client';

import { type ComponentType, useMemo } from 'react';
import { flangerGain, phaserGain, saturated, tremoloGain } from '../../../lib/dsp';
import { DELAY_NOTES, type Insert, type InsertType, LFO_NOTES, PHASER_STAGES, type Strip } from '../../../lib/mix';
import { useMix, useValues } from '../../_session';
import { onStrip } from '../strip/level-section';
import { CompressorPicture, DeesserPicture, GatePicture, LimiterPicture, MultibandPicture, TransientPicture } from './dynamics-pictures';
import { FREQUENCIES, hertzAt } from './frequency-axis';
import { Graph } from './graph';
import { useInsertValues } from './insert-values';
import { EqPicture, WidthPicture } from './tone-pictures';

const RIGHT = 'var(--color-solo)';

const useTempo = () => useMix((mix) => mix.settings.tempo);

function CurvePicture(values: { curve: number; drive: number; mix: number; output: number }) {
  const set = { ...values, mix: values.mix / 100 };
  return (
    <Graph
      label="The curve: level in across, level out up"
      across={[[0.5, 'in']]}
      up={[[0.5, 'out']]}
      lines={[
        { name: 'unbent', at: (x) => x, color: 'var(--color-line-strong)', faint: true },
        { name: 'bent', at: (x) => 0.5 + 0.5 * saturated(set, 2 * x - 1) },
      ]}
    />
  );
}

function DistortionPicture({ insert }: { insert: Insert }) {
  return <CurvePicture {...useInsertValues(insert, ['curve', 'drive', 'mix', 'output'])} />;
}

/** The curve of a strip's saturation. */
export function SaturationPicture({ strip }: { strip: Strip }) {
  const targets = useMemo(() => ['curve', 'drive', 'mix', 'output'].map((id) => onStrip(strip, `sat.${id}`)), [strip]);
  const [curve = 0, drive = 0, mix = 0, output = 0] = useValues(targets);
  return <CurvePicture curve={curve} drive={drive} mix={mix} output={output} />;
}

function TremoloPicture({ insert }: { insert: Insert }) {
  const tempo = useTempo();
  const { sync, note, rate, shape, depth, mix, pan } = useInsertValues(insert, ['sync', 'note', 'rate', 'shape', 'depth', 'mix', 'pan']);
  const hertz = sync ? tempo / (60 * (LFO_NOTES[note]?.quarters ?? 1)) : rate;
  const at = (behind: number) => (x: number) => 0.05 + 0.9 * tremoloGain(shape, (depth * mix) / 10_000, hertz, 2 * x - behind);
  return (
    <Graph
      label="The level of two sways, left and right"
      across={[[0.5, `${(1 / hertz).toFixed(2)} s`]]}
      lines={[
        { name: 'right', at: at(pan / 200), color: RIGHT, faint: pan === 0 },
        { name: 'left', at: at(0) },
      ]}
    />
  );
}

/** −36 to +12 dB. */
const heightOf = (gain: number) => (20 * Math.log10(Math.max(gain, 1e-3)) + 36) / 48;
const DECIBELS = [-24, -12, 0].map((level) => [(level + 36) / 48, `${level}`.replace('-', '−')] as const);

/** A response in the middle of a sweep, and faintly at both ends of it. */
function SweepPicture({ gainAt, label }: { gainAt: (place: -1 | 0 | 1, hertz: number) => number; label: string }) {
  const line = (place: -1 | 0 | 1) => ({ name: `${place}`, at: (x: number) => heightOf(gainAt(place, hertzAt(x))), faint: place !== 0 });
  return <Graph label={label} across={FREQUENCIES} up={DECIBELS} steps={400} lines={[line(-1), line(1), line(0)]} />;
}

function FlangerPicture({ insert }: { insert: Insert }) {
  const { delay, depth, feedback, mix } = useInsertValues(insert, ['delay', 'depth', 'feedback', 'mix']);
  return (
    <SweepPicture
      label="What it lifts and cuts, in the middle and at the ends of its sweep"
      gainAt={(place, hertz) => flangerGain(Math.max(2 / 48, delay * (1 + (place * depth) / 100)), feedback / 100, mix / 100, hertz)}
    />
  );
}

function PhaserPicture({ insert }: { insert: Insert }) {
  const { stages, freq, depth, feedback, mix } = useInsertValues(insert, ['stages', 'freq', 'depth', 'feedback', 'mix']);
  return (
    <SweepPicture
      label="What it lifts and cuts, in the middle and at the ends of its sweep"
      gainAt={(place, hertz) =>
        phaserGain(PHASER_STAGES[stages] ?? 4, freq * 2 ** ((2 * place * depth) / 100), feedback / 100, mix / 100, hertz)
      }
    />
  );
}

const MOST_SWAY = 5;

function ChorusPicture({ insert }: { insert: Insert }) {
  const { delay, depth, width } = useInsertValues(insert, ['delay', 'depth', 'width']);
  const sway = (behind: number) => (x: number) => (depth / 100) * MOST_SWAY * Math.sin(2 * Math.PI * (x - behind));
  const up = (milliseconds: number) => milliseconds / 60;
  const voices = (side: string, behind: number, color?: string) => [
    { name: `${side} first`, at: (x: number) => up(delay + sway(behind)(x)), ...(color ? { color } : {}) },
    { name: `${side} second`, at: (x: number) => up(1.37 * delay - sway(behind)(x)), ...(color ? { color } : {}) },
  ];
  return (
    <Graph
      label="How late its voices are during one sway, left and right"
      up={[10, 20, 30, 40].map((milliseconds) => [up(milliseconds), `${milliseconds} ms`] as const)}
      lines={[...voices('right', width / 400, RIGHT), ...voices('left', 0)]}
    />
  );
}

function CrusherPicture({ insert }: { insert: Insert }) {
  const { bits, rate } = useInsertValues(insert, ['bits', 'rate']);
  const steps = 2 ** (bits - 1);
  // Two milliseconds of a tone of 500 Hz.
  const wave = (x: number) => 0.9 * Math.sin(2 * Math.PI * x);
  const held = (x: number) => Math.floor(0.002 * x * rate) / (0.002 * rate);
  return (
    <Graph
      label="What becomes of a sine of 500 Hz"
      steps={400}
      lines={[
        { name: 'wave', at: (x) => 0.5 + 0.48 * wave(x), color: 'var(--color-line-strong)', faint: true },
        { name: 'stairs', at: (x) => 0.5 + (0.48 * Math.round(wave(held(x)) * steps)) / steps },
      ]}
    />
  );
}

function useDelayValues(insert: Insert) {
  const values = useInsertValues(insert, ['sync', 'note', 'time', 'link', 'note.right', 'time.right', 'feedback', 'pingpong']);
  return { ...values, noteRight: values['note.right'], timeRight: values['time.right'] };
}

/** Echoes as bars, left upwards and right downwards, over four seconds at most. */
function DelayPicture({ insert }: { insert: Insert }) {
  const tempo = useTempo();
  const { sync, note, time, link, noteRight, timeRight, feedback, pingpong } = useDelayValues(insert);
  const secondsOf = (index: number, milliseconds: number) =>
    sync ? (60 * (DELAY_NOTES[index]?.quarters ?? 1)) / tempo : milliseconds / 1000;
  const left = secondsOf(note, time);
  const right = link ? left : secondsOf(noteRight, timeRight);
  const whole = Math.min(4, Math.max(0.5, 8 * Math.min(left, right)));
  const echoes = Array.from({ length: Math.min(64, Math.floor(whole / Math.min(left, right))) }, (_, index) => index + 1);
  const bar = (echo: number, side: 'left' | 'right') => {
    const size = 42 * (feedback / 100) ** (echo - 1);
    const sounds = !pingpong || (echo % 2 === 1) === (side === 'left');
    // Back and forth each way takes its own time.
    const there = pingpong ? Math.ceil(echo / 2) * left + Math.floor(echo / 2) * right : echo * (side === 'left' ? left : right);
    if (!sounds || size < 0.5 || there > whole) return '';
    return `M${((100 * there) / whole).toFixed(2)} 50v${(side === 'left' ? -size : size).toFixed(2)}`;
  };
  return (
    <div role="img" aria-label="Its echoes, left upwards and right downwards" className="relative h-full overflow-hidden rounded-sm bg-bg">
      <svg aria-hidden="true" viewBox="0 0 100 100" preserveAspectRatio="none" className="absolute inset-0 h-full w-full">
        <path d="M0 50H100" stroke="var(--color-line)" vectorEffect="non-scaling-stroke" />
        <path d="M0.3 8V92" stroke="var(--color-quiet)" strokeWidth={2} vectorEffect="non-scaling-stroke" />
        <path
          d={echoes.map((echo) => bar(echo, 'left')).join('')}
          stroke="var(--color-accent)"
          strokeWidth={3}
          vectorEffect="non-scaling-stroke"
        />
        <path d={echoes.map((echo) => bar(echo, 'right')).join('')} stroke={RIGHT} strokeWidth={3} vectorEffect="non-scaling-stroke" />
      </svg>
      <span aria-hidden="true" className="absolute right-1 bottom-0.5 text-[9px] text-quiet leading-none">
        {whole.toFixed(1)} s
      </span>
    </div>
  );
}

function ReverbPicture({ insert }: { insert: Insert }) {
  const { predelay, decay } = useInsertValues(insert, ['predelay', 'decay']);
  const whole = Math.max(1, Math.ceil(1.2 * decay));
  const level = (x: number) => {
    const since = x * whole - predelay / 1000;
    return since < 0 ? -0.02 : 0.95 - (0.95 * since) / decay;
  };
  return (
    <Graph
      label="How the room dies away by 60 dB"
      across={Array.from({ length: whole }, (_, index) => [index / whole, `${index} s`] as const).slice(1)}
      up={[
        [0.95, '0 dB'],
        [0.475, '−30'],
      ]}
      lines={[{ name: 'level', at: level }]}
    />
  );
}

/** Pictures of what effects do. */
export const PICTURES: Readonly<Record<InsertType, ComponentType<{ insert: Insert }>>> = {
  reverb: ReverbPicture,
  delay: DelayPicture,
  chorus: ChorusPicture,
  flanger: FlangerPicture,
  phaser: PhaserPicture,
  tremolo: TremoloPicture,
  distortion: DistortionPicture,
  crusher: CrusherPicture,
  width: WidthPicture,
  compressor: CompressorPicture,
  gate: GatePicture,
  eq: EqPicture,
  limiter: LimiterPicture,
  deesser: DeesserPicture,
  transient: TransientPicture,
  multiband: MultibandPicture,
};
