'use client';

import type { ReactNode } from 'react';
import type { Strip } from '../../../lib/mix';
import { StripPins } from '../../_comments/strip-pins';
import { usePart } from '../../_session';
import { picked } from '../picked';

/**
 * The frame of a strip: its colour, its selection, its place for screen readers. What is scrolled out of sight is neither laid
 * out nor painted, and what changes in one strip paints nothing of another.
 */
export function StripFrame(props: { strip: Strip; color: string; width: number; selected: boolean; children: ReactNode }) {
  const { strip, color, width, selected, children } = props;
  const together = usePart(picked, (strips) => strips.has(strip.id));
  return (
    <section
      data-strip={strip.id}
      aria-label={strip.name}
      className={`relative flex h-full [content-visibility:auto] [overflow-clip-margin:24px] focus-within:z-10 shrink-0 flex-col border-line border-r @container data-[drop-edge=left]:shadow-[inset_3px_0_var(--color-accent)] data-[drop-edge=right]:shadow-[inset_-3px_0_var(--color-accent)] ${selected ? 'bg-text/5 ring-1 ring-accent ring-inset' : together ? 'bg-text/5 ring-1 ring-quiet ring-inset' : ''}`}
      style={{ width }}
    >
      <span aria-hidden="true" className="h-1 shrink-0" style={{ background: color }} />
      <StripPins strip={strip.id} name={strip.name} className="absolute top-2 right-1.5 z-10" />
      {children}
    </section>
  );
}
