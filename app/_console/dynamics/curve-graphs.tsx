'use client';

import { useRef } from 'react';
import { compressorOut, compressorOutBy, gateFloor, gateOut } from '../../../lib/dsp';
import type { Target } from '../../../lib/mix';
import { useValue } from '../../_session';
import { useFrame } from '../../_shell/frame';
import { ReductionHistory } from './reduction-history';
import { FROM_DB, GraphPoint, placeOf, TransferGraph, UNTIL_DB } from './transfer-graph';

/** What a processor hears and does now, in dB: the level it listens to, and its reduction, 0 or less. */
export interface Live {
  readonly input: number;
  readonly reduction: number;
}

interface CurveGraphProps {
  /** A parameter of the processor by its id on an effect. */
  readonly target: (parameter: string) => Target;
  readonly on: Target;
  /** Null while nothing sounds. */
  readonly read: () => Live | null;
}

/** Part of the graph's side that a threshold's whole range takes. */
const across = (range: number) => (size: number) => (range / (UNTIL_DB - FROM_DB)) * size;

/** Moves the dot of the sound along the curve, outside of React. */
function useDot(read: () => Live | null, out: (now: Live) => number = ({ input, reduction }) => input + reduction) {
  const dot = useRef<HTMLSpanElement>(null);
  useFrame(() => {
    if (!dot.current) return;
    const now = read();
    const shown = now !== null && now.input > FROM_DB;
    dot.current.style.display = shown ? 'block' : 'none';
    if (!shown) return;
    dot.current.style.left = `${placeOf(now.input)}%`;
    dot.current.style.bottom = `${placeOf(out(now))}%`;
  });
  return dot;
}

/** A gate: its curve with threshold and range to drag, and how far it turned down of late. */
export function GateGraph({ target, on, read }: CurveGraphProps) {
  const graph = useRef<HTMLDivElement>(null);
  const curve = { threshold: useValue(target('threshold')), range: useValue(target('range')), ratio: useValue(target('ratio')) };
  const lit = useValue(on) >= 0.5;
  const dot = useDot(read);
  const floor = gateFloor(curve) - 1;
  return (
    <>
      <TransferGraph graph={graph} dot={dot} on={lit} out={(level) => gateOut(curve, level)}>
        <GraphPoint
          target={target('threshold')}
          input={curve.threshold}
          output={curve.threshold}
          axis="right"
          travel={across(80)}
          graph={graph}
        />
        <GraphPoint
          target={target('range')}
          input={Math.max(FROM_DB + 3, floor)}
          output={Math.max(FROM_DB + 3, gateOut(curve, floor))}
          axis="up"
          travel={across(80)}
          graph={graph}
        />
      </TransferGraph>
      <ReductionHistory label="Reduction, dB" read={() => read()?.reduction ?? 0} />
    </>
  );
}

/** A compressor: its curve with threshold and ratio to drag, and how far it turned down of late. */
export function CompressorGraph({ target, on, read }: CurveGraphProps) {
  const graph = useRef<HTMLDivElement>(null);
  const lit = useValue(on) >= 0.5;
  const curve = {
    threshold: useValue(target('threshold')),
    ratio: useValue(target('ratio')),
    knee: useValue(target('knee')),
    makeup: useValue(target('makeup')),
    mix: useValue(target('mix')),
  };
  const dot = useDot(read, ({ input, reduction }) => compressorOutBy(curve, input, reduction));
  const out = (level: number) => compressorOut(curve, level);
  return (
    <>
      <TransferGraph graph={graph} dot={dot} on={lit} out={out}>
        <GraphPoint
          target={target('threshold')}
          input={curve.threshold}
          output={out(curve.threshold)}
          axis="right"
          travel={across(60)}
          graph={graph}
        />
        <GraphPoint target={target('ratio')} input={0} output={out(0)} axis="down" travel={(size) => size} graph={graph} />
      </TransferGraph>
      <ReductionHistory label="Reduction, dB" read={() => read()?.reduction ?? 0} />
    </>
  );
}
