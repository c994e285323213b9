'use client';

import { Input, Label, NumberField } from 'react-aria-components';
import type { LoudnessTarget } from '../../lib/analysis';
import { INPUT } from '../_shell/field';

interface Row {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly set: (value: number) => LoudnessTarget;
}

/** A loudness target of one's own: values with their units, by typing, arrows or wheel. */
export function TargetFields({ target, onChange }: { target: LoudnessTarget; onChange(target: LoudnessTarget): void }) {
  const rows: readonly Row[] = [
    { label: 'LUFS', value: target.integrated, min: -40, max: 0, set: (integrated) => ({ ...target, integrated }) },
    { label: '± LU', value: target.tolerance, min: 0.1, max: 6, set: (tolerance) => ({ ...target, tolerance }) },
    { label: 'dBTP', value: target.truePeak, min: -12, max: 0, set: (truePeak) => ({ ...target, truePeak }) },
  ];
  return (
    <div className="flex gap-2">
      {rows.map(({ label, value, min, max, set }) => (
        <NumberField
          key={label}
          value={value}
          minValue={min}
          maxValue={max}
          step={0.1}
          onChange={(next) => Number.isFinite(next) && onChange(set(next))}
          className="flex min-w-0 flex-1 items-center gap-1.5"
        >
          <Label className="text-quiet text-xs">{label}</Label>
          <Input className={`${INPUT} !h-8 !px-2 !text-sm tabular-nums`} />
        </NumberField>
      ))}
    </div>
  );
}
