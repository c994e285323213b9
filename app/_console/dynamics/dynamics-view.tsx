'use client';

import { type ReactNode, useMemo } from 'react';
import { STRIP_ROWS, type Strip } from '../../../lib/mix';
import { useSession } from '../../_session';
import { Choice, Knob, Toggle } from '../../_ui';
import { ResetButton } from '../channel/reset-button';
import { PresetMenu } from '../effects/preset-menu';
import { onStrip } from '../strip/level-section';
import { CompressorGraph, GateGraph } from './curve-graphs';
import { LevelReader } from './levels';
import { SideChain } from './side-chain';

/** What stands in the side-chain's own box. */
const isSideChain = (id: string) => id.includes('.sc.') || id.endsWith('.lookahead');

const rowsOf = (processor: string) => STRIP_ROWS.filter((row) => row.id.startsWith(`${processor}.`) && !isSideChain(row.id));

/** The switch of a processor, and its choices below. */
function Switches({ strip, name, processor }: { strip: Strip; name: string; processor: 'gate' | 'comp' | 'limiter' }) {
  return (
    <div className="flex w-16 shrink-0 flex-col gap-1">
      <Toggle target={onStrip(strip, `${processor}.on`)}>{name}</Toggle>
      {rowsOf(processor)
        .filter((row) => row.law === 'choice')
        .map((row) => (
          <Choice key={row.id} target={onStrip(strip, row.id)} className="w-full" />
        ))}
      {processor !== 'limiter' && <PresetMenu of={{ on: 'strip', id: strip.id, processor }} name={`${strip.name} ${name}`} small />}
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

interface ProcessorProps {
  readonly strip: Strip;
  readonly name: string;
  readonly processor: 'gate' | 'comp';
  readonly children: ReactNode;
}

function Processor({ strip, name, processor, children }: ProcessorProps) {
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

function useLevels(strip: Strip) {
  const { meters } = useSession().engine;
  const reader = useMemo(() => new LevelReader(meters), [meters]);
  return () => (reader.read(strip.id) ? reader.levels : null);
}

function Gate({ strip }: { strip: Strip }) {
  const read = useLevels(strip);
  const live = () => {
    const now = read();
    return now && { input: now.gateIn, reduction: now.gate };
  };
  const target = (id: string) => onStrip(strip, `gate.${id}`);
  return (
    <Processor strip={strip} name="Gate" processor="gate">
      <GateGraph target={target} on={target('on')} read={live} />
      <SideChain strip={strip} processor="gate" />
    </Processor>
  );
}

function Compressor({ strip }: { strip: Strip }) {
  const read = useLevels(strip);
  const live = () => {
    const now = read();
    return now && { input: now.compIn, reduction: now.comp };
  };
  const target = (id: string) => onStrip(strip, `comp.${id}`);
  return (
    <Processor strip={strip} name="Comp" processor="comp">
      <CompressorGraph target={target} on={target('on')} read={live} />
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
