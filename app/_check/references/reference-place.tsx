'use client';

import { Crosshair, Plus } from 'lucide-react';
import { Input, Label, NumberField } from 'react-aria-components';
import { may } from '../../../lib/access';
import type { Loop, Stem } from '../../../lib/protocol';
import { SAMPLE_RATE } from '../../../lib/units';
import { useSession, useStore } from '../../_session';
import { Button } from '../../_shell/button';
import { Choose, INPUT } from '../../_shell/field';
import { attempt } from '../../_shell/toasts';
import { moment } from './figures';
import { ReferenceOutline } from './reference-outline';

interface Part extends Loop {
  readonly name: string;
}

/** The parts of a reference: between its marks, or where there are none, between the places where its sound changes. */
function partsOf({ alignment, frames }: Stem, found: readonly number[]): readonly Part[] {
  const end = (frames ?? 0) / SAMPLE_RATE;
  const marks = alignment?.marks ?? [];
  const starts = marks.length > 0 ? marks : [{ at: 0, name: '' }, ...found.map((at) => ({ at, name: '' }))];
  return starts.flatMap(({ at, name }, index) => {
    const until = starts[index + 1]?.at ?? end;
    return until - at < 0.5 ? [] : [{ from: at, until, name: name || `Part ${index + 1}` }];
  });
}

const ALONG = 'along';
const OWN = 'own';
const NOWHERE = { offset: 0, marks: [] };

/** Which part of the reference is heard, and where it lies beside the song. */
export function ReferencePlace({ reference }: { reference: Stem }) {
  const { references } = useSession();
  const loop = useStore(references.loops).get(reference.id) ?? null;
  const found = useStore(references.found);
  const parts = partsOf(reference, found);
  const chosen = loop && parts.findIndex(({ from, until }) => from === loop.from && until === loop.until);
  const end = (reference.frames ?? 0) / SAMPLE_RATE;
  const change = (next: Partial<Loop>) => {
    const { from, until } = { from: 0, until: end, ...loop, ...next };
    references.setLoop(reference.id, {
      from: Math.min(from, end - 0.5),
      until: Math.min(end, Math.max(until, Math.min(from, end - 0.5) + 0.5)),
    });
  };
  return (
    <div className="shrink-0 space-y-2 border-line border-b p-3">
      <ReferenceOutline reference={reference} loop={loop} parts={parts} />
      <div className="flex items-end gap-2">
        <Choose
          label="Plays"
          value={chosen === null ? ALONG : chosen < 0 ? OWN : String(chosen)}
          choices={[
            { value: ALONG, label: 'along with the song' },
            ...parts.map(({ name, from }, index) => ({ value: String(index), label: `${name}, ${moment(from)}, repeated` })),
            { value: OWN, label: 'a stretch of its own, repeated' },
          ]}
          onChange={(value) => {
            const part = parts[Number(value)];
            if (value === ALONG) references.setLoop(reference.id, null);
            else if (value === OWN) change({ until: loop?.until ?? Math.min(end, 20.5) });
            else if (part) references.setLoop(reference.id, { from: part.from, until: part.until });
          }}
          className="w-40"
        />
        {loop && <Seconds label="From" value={loop.from} min={0} max={end} onChange={(from) => change({ from })} />}
        {loop && <Seconds label="To" value={loop.until} min={0} max={end} onChange={(until) => change({ until })} />}
      </div>
      <Alignment reference={reference} loop={loop} />
    </div>
  );
}

/** Where it lies beside the song: for everybody, and changed by those who may add references. */
function Alignment({ reference, loop }: { reference: Stem; loop: Loop | null }) {
  const session = useSession();
  const { references, stems, transport } = session;
  const writes = may(useStore(session.role), 'stems.write');
  const { offset, marks } = reference.alignment ?? NOWHERE;
  if (!writes) {
    return <p className="text-quiet text-xs">At the song’s beginning it is at {moment(offset)}.</p>;
  }
  const align = (next: number) => void attempt(stems.align(reference.id, { offset: Math.round(next * 1000) / 1000 }));
  const mark = () => {
    const at = Math.max(0, Math.round(references.position() * 10) / 10);
    void attempt(stems.align(reference.id, { marks: [...marks, { at, name: `Part ${marks.length + 1}` }] }));
  };
  return (
    <div className="flex flex-wrap items-end gap-2">
      <Seconds label="Ahead of the song, s" value={offset} min={-86_400} max={86_400} onChange={align} wide />
      <Button size="small" className="!h-8" onPress={() => align((loop?.from ?? 0) - transport.position())}>
        <Crosshair size={12} aria-hidden /> {loop ? 'From' : 'Its start'} at the playhead
      </Button>
      <Button size="small" className="!h-8" onPress={mark}>
        <Plus size={12} aria-hidden /> Mark here
      </Button>
      {marks.length > 0 && (
        <Button size="small" look="quiet" className="!h-8" onPress={() => void attempt(stems.align(reference.id, { marks: [] }))}>
          Remove its {marks.length === 1 ? 'mark' : `${marks.length} marks`}
        </Button>
      )}
    </div>
  );
}

interface SecondsProps {
  label: string;
  value: number;
  min: number;
  max: number;
  wide?: boolean;
  onChange(value: number): void;
}

/** Seconds of the reference, by typing, arrows or wheel. */
function Seconds({ label, value, min, max, wide = false, onChange }: SecondsProps) {
  return (
    <NumberField
      value={Math.round(value * 1000) / 1000}
      minValue={min}
      maxValue={max}
      step={0.01}
      formatOptions={{ maximumFractionDigits: 3 }}
      onChange={(next) => Number.isFinite(next) && onChange(next)}
      className={`flex min-w-0 flex-col gap-1 ${wide ? 'w-36' : 'w-20'}`}
    >
      <Label className="truncate text-quiet text-sm">{label}</Label>
      <Input className={`${INPUT} !h-8 !px-2 !text-sm tabular-nums`} />
    </NumberField>
  );
}
