import type { CSSProperties } from 'react';
import { initials } from '../_shell/words';
import { personColor } from '../palette';
import type { Control } from './use-control';

/** The ring round a control that somebody else holds, in their colour; nothing while it is free. */
export function handRing(control: Pick<Control, 'hand'>): CSSProperties {
  return control.hand ? { outline: `2px solid ${personColor(control.hand.user.color)}`, outlineOffset: 1 } : {};
}

/** Over a control while a hand is on it: the value, and whose hand it is when it is not mine. */
export function HandTag({
  control,
  short,
  className = '',
}: {
  control: Pick<Control, 'hand' | 'held'>;
  short: string;
  className?: string;
}) {
  const base = `pointer-events-none absolute z-20 rounded-sm px-1 text-center text-2xs font-semibold whitespace-nowrap ${className}`;
  if (control.hand) {
    const { name, color } = control.hand.user;
    return (
      <span data-hand-of={name} className={`${base} text-bg`} style={{ background: personColor(color) }}>
        {initials(name)} {short}
      </span>
    );
  }
  return control.held ? <span className={`${base} bg-text text-bg`}>{short}</span> : null;
}
