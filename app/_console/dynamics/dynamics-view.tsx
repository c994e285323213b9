'use client';

import { type ReactNode, useMemo, useRef } from 'react';
import { compressorOut, gateFloor, gateOut } from '../../../lib/dsp';
import { STRIP_ROWS, type Strip } from '../../../lib/mix';
import { useSession, useValue } from '../../_session';
import { useFrame } from '../../_shell/frame';
import { Choice, Knob, Toggle } from '../../_ui';
import { ResetButton } from '../channel/reset-button';
import { onStrip } from '../strip/level-section';
import { LevelReader } from './levels';
import { ReductionHistory } from './reduction-history';
import { SideChain } from './side-chain';
import { FROM_DB, GraphPoint, placeOf, TransferGraph, UNTIL_DB } from './transfer-graph';

/** Part of the graph's side that a threshold's whole range takes. */
const across = (range: number) => (size: number) => (range / (UNTIL_DB - FROM_DB)) * size;

/** What stands in the side-chain's own box. */
const isSideChain = (id: string) => id.includes('.sc.') || id.endsWith('.lookahead');

const rowsOf = (processor: string) => STRIP_ROWS.filter((row) => row.id.startsWith(`${processor}.`) && !isSideChain(row.id));

/** The switch of a processor, and its choices below. */
function Switches({ strip, name, processor }: { strip: Strip; name: string; processor: string }) {
  return (
    <div className="flex w-14 shrink-0 flex-col gap-1">
      <Toggle target={onStrip(strip, `${processor}.on`)}>{name}</Toggle>
      {rowsOf(processor)
        .filter((row) => row.law === 'choice')
        .map((row) => (
          <Choice key={row.id} target={onStrip(strip, row.id)} className="w-full" />
        ))}
      <ResetButton strip={strip} processor={processor} name={`the ${name.toLowerCase()}`} />
    </div>
  );
}

/** Every continuous parameter of a processor as a knob, from the table. */
function Knobs({ strip, processor }: { strip: Strip; processor: string }) {
  return (
    <div className="flex min-w-0 flex-1 items-center justify-between gap-1 overflow-x-auto max-desk:flex-wrap max-desk:justify-start">
      {rowsOf(processor)
        .filter((row) => row.law !== 'switch' && row.law !== 'choice')
        .map((row) => (
          <Knob key={row.id} target={onStrip(strip, row.id)} />
        ))}
    </div>
  );
}

function Processor({ strip, name, processor, children }: { strip: Strip; name: string; processor: string; children: ReactNode }) {
  return (
    <section
      aria-label={`${strip.name} ${name}`}
      className="flex min-h-0 flex-1 flex-col gap-1 border-line border-r px-3 pb-1 last:border-r-0 max-desk:flex-none max-desk:border-r-0"
    >
      <div className="flex min-h-0 flex-1 gap-2 max-desk:h-48 max-desk:flex-none">{children}</div>
      <div className="flex shrink-0 items-center gap-3">
        <Switches strip={strip} name={name} processor={processor} />
        <Knobs strip={strip} processor={processor} />
      </div>
    </section>
  );
}

/** Moves the dot of the sound along the curve, outside of React. */
function useDot(read: () => { input: number; output: number } | null) {
  const dot = useRef<HTMLSpanElement>(null);
  useFrame(() => {
    if (!dot.current) return;
    const now = read();
    const shown = now !== null && now.input > FROM_DB;
    dot.current.style.display = shown ? 'block' : 'none';
    if (!shown) return;
    dot.current.style.left = `${placeOf(now.input)}%`;
    dot.current.style.bottom = `${placeOf(now.output)}%`;
  });
  return dot;
}

function useLevels(strip: Strip) {
  const { meters } = useSession().engine;
  const reader = useMemo(() => new LevelReader(meters), [meters]);
  return () => (reader.read(strip.id) ? reader.levels : null);
}

function Gate({ strip }: { strip: Strip }) {
  const graph = useRef<HTMLDivElement>(null);
  const on = useValue(onStrip(strip, 'gate.on')) >= 0.5;
  const threshold = useValue(onStrip(strip, 'gate.threshold'));
  const range = useValue(onStrip(strip, 'gate.range'));
  const ratio = useValue(onStrip(strip, 'gate.ratio'));
  const read = useLevels(strip);
  const dot = useDot(() => {
    const now = read();
    return now && { input: now.gateIn, output: now.gateIn + now.gate };
  });
  return (
    <Processor strip={strip} name="Gate" processor="gate">
      <TransferGraph graph={graph} dot={dot} on={on} out={(level) => gateOut({ threshold, range, ratio }, level)}>
        <GraphPoint
          target={onStrip(strip, 'gate.threshold')}
          input={threshold}
          output={threshold}
          axis="right"
          travel={across(80)}
          graph={graph}
        />
        <GraphPoint
          target={onStrip(strip, 'gate.range')}
          input={Math.max(FROM_DB + 3, gateFloor({ threshold, range, ratio }) - 1)}
          output={Math.max(FROM_DB + 3, gateOut({ threshold, range, ratio }, gateFloor({ threshold, range, ratio }) - 1))}
          axis="up"
          travel={across(80)}
          graph={graph}
        />
      </TransferGraph>
      <ReductionHistory label="Gain reduction, dB" read={() => read()?.gate ?? 0} />
      <SideChain strip={strip} processor="gate" />
    </Processor>
  );
}

function Compressor({ strip }: { strip: Strip }) {
  const graph = useRef<HTMLDivElement>(null);
  const on = useValue(onStrip(strip, 'comp.on')) >= 0.5;
  const curve = {
    threshold: useValue(onStrip(strip, 'comp.threshold')),
    ratio: useValue(onStrip(strip, 'comp.ratio')),
    knee: useValue(onStrip(strip, 'comp.knee')),
    makeup: useValue(onStrip(strip, 'comp.makeup')),
    mix: useValue(onStrip(strip, 'comp.mix')),
  };
  const read = useLevels(strip);
  const dot = useDot(() => {
    const now = read();
    return now && { input: now.compIn, output: now.compIn + now.comp + curve.makeup };
  });
  const out = (level: number) => compressorOut(curve, level);
  return (
    <Processor strip={strip} name="Comp" processor="comp">
      <TransferGraph graph={graph} dot={dot} on={on} out={out}>
        <GraphPoint
          target={onStrip(strip, 'comp.threshold')}
          input={curve.threshold}
          output={out(curve.threshold)}
          axis="right"
          travel={across(60)}
          graph={graph}
        />
        <GraphPoint target={onStrip(strip, 'comp.ratio')} input={0} output={out(0)} axis="down" travel={(size) => size} graph={graph} />
      </TransferGraph>
      <ReductionHistory label="Gain reduction, dB" read={() => read()?.comp ?? 0} />
      <SideChain strip={strip} processor="comp" />
    </Processor>
  );
}

function Limiter({ strip }: { strip: Strip }) {
  return (
    <section aria-label={`${strip.name} Limiter`} className="flex shrink-0 flex-col justify-end gap-1 px-3 pb-1">
      <Switches strip={strip} name="Limiter" processor="limiter" />
      <Knobs strip={strip} processor="limiter" />
    </section>
  );
}

/** Gate, compressor and, on the master, the limiter: curves to drag, what they do to the sound now, every value as a knob. */
export function DynamicsView({ strip }: { strip: Strip }) {
  return (
    <div className="flex h-full min-h-0 overflow-x-auto max-desk:flex-col max-desk:gap-4 max-desk:overflow-y-auto">
      <Gate strip={strip} />
      <Compressor strip={strip} />
      {strip.kind === 'master' && <Limiter strip={strip} />}
    </div>
  );
}
