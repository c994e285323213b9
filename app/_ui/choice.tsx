'use client';

import type { Target } from '../../lib/mix';
import { handRing } from './hand-tag';
import { useControl } from './use-control';

/** A parameter that is one of a few named things. */
export function Choice({ target, className = '' }: { target: Target; className?: string }) {
  const control = useControl(target);
  if (!control) return null;
  return (
    <select
      aria-label={control.label}
      title={control.row.help}
      value={control.value}
      disabled={!control.movable}
      onChange={(event) => control.set(Number(event.currentTarget.value))}
      className={`h-6 rounded-sm border border-line bg-raised px-1 text-2xs text-text hover:bg-hover disabled:text-quiet ${className}`}
      style={handRing(control)}
    >
      {(control.row.choices ?? []).map((name, index) => (
        <option key={name} value={index}>
          {name}
        </option>
      ))}
    </select>
  );
}
