'use client';

import type { ReactNode } from 'react';
import { type Target, targetKey } from '../../lib/mix';
import { handRing } from './hand-tag';
import { useControl } from './use-control';

const ON = {
  accent: 'bg-accent text-on-accent border-accent',
  mute: 'bg-mute text-on-mute border-mute',
  solo: 'bg-solo text-on-solo border-solo',
} as const;

interface ButtonLook {
  readonly on: boolean;
  readonly label: string;
  readonly help?: string;
  readonly tone?: keyof typeof ON;
  readonly disabled?: boolean;
  readonly className?: string;
  readonly children: ReactNode;
  readonly onPress: (alt: boolean) => void;
}

/** A button that stays in or out; also for what is mine alone and no parameter of the mix. */
export function LatchButton({ on, label, help, tone = 'accent', disabled = false, className = '', children, onPress }: ButtonLook) {
  const face = on ? ON[tone] : 'bg-raised border-transparent text-quiet hover:bg-hover';
  return (
    <button
      type="button"
      aria-pressed={on}
      aria-label={label}
      aria-disabled={disabled || undefined}
      title={help}
      onClick={(event) => !disabled && onPress(event.altKey)}
      className={`h-5 rounded-sm border text-2xs font-semibold transition-colors ${face} ${className}`}
    >
      {children}
    </button>
  );
}

/** A parameter that is on or off. */
export function Toggle({
  target,
  tone,
  className,
  children,
}: {
  target: Target;
  tone?: keyof typeof ON;
  className?: string;
  children?: ReactNode;
}) {
  const control = useControl(target);
  if (!control) return null;
  return (
    <span className="flex rounded-sm" data-control={targetKey(target)} style={handRing(control)}>
      <LatchButton
        on={control.value >= 0.5}
        label={control.label}
        help={control.row.help}
        disabled={!control.movable}
        className={`w-full ${className ?? ''}`}
        onPress={() => control.set(control.value >= 0.5 ? 0 : 1)}
        {...(tone ? { tone } : {})}
      >
        {children ?? control.row.short}
      </LatchButton>
    </span>
  );
}
