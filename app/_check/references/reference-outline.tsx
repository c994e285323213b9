'use client';

import { useRef } from 'react';
import type { Loop, Stem } from '../../../lib/protocol';
import { SAMPLE_RATE } from '../../../lib/units';
import { useSession, useStore } from '../../_session';
import { useFrame } from '../../_shell/frame';
import { INK } from '../../palette';

const HEIGHT = 44;

interface OutlineProps {
  reference: Stem;
  loop: Loop | null;
  parts: readonly Loop[];
}

/** How loud the reference is over its length, its parts, the stretch that repeats, and where it is now. Pressed: that part repeats. */
export function ReferenceOutline({ reference, loop, parts }: OutlineProps) {
  const { references } = useSession();
  const outline = useStore(references.outline);
  const head = useRef<HTMLDivElement>(null);
  const end = (reference.frames ?? 0) / SAMPLE_RATE || 1;
  useFrame(() => {
    const share = references.position() / end;
    if (!head.current) return;
    head.current.style.left = `${100 * share}%`;
    head.current.style.visibility = share >= 0 && share <= 1 ? 'visible' : 'hidden';
  });
  const points = outline ?? [];
  return (
    <div className="relative h-11 overflow-hidden rounded-sm bg-bg">
      <svg
        viewBox={`0 0 ${Math.max(1, points.length)} ${HEIGHT}`}
        preserveAspectRatio="none"
        aria-hidden
        className="absolute inset-0 size-full"
      >
        <path d={points.map((level, at) => `M${at} ${HEIGHT}v${-HEIGHT * level}h.8V${HEIGHT}z`).join('')} fill={INK.wave} opacity={0.7} />
      </svg>
      {parts.slice(1).map(({ from }) => (
        <div key={from} aria-hidden className="absolute inset-y-0 w-px bg-line-strong" style={{ left: `${(100 * from) / end}%` }} />
      ))}
      {loop && (
        <div
          aria-hidden
          className="absolute inset-y-0 border-accent border-x bg-accent/20"
          style={{ left: `${(100 * loop.from) / end}%`, width: `${(100 * (loop.until - loop.from)) / end}%` }}
        />
      )}
      {/* By keys the same is chosen from the list below. */}
      <div
        aria-hidden
        data-testid="reference-outline"
        className="absolute inset-0 cursor-pointer"
        onClick={(event) => {
          const box = event.currentTarget.getBoundingClientRect();
          const at = ((event.clientX - box.left) / box.width) * end;
          const part = parts.find(({ from, until }) => at >= from && at < until);
          const same = part && loop?.from === part.from && loop.until === part.until;
          references.setLoop(reference.id, part && !same ? { from: part.from, until: part.until } : null);
        }}
      />
      <div ref={head} aria-hidden className="pointer-events-none absolute inset-y-0 w-px bg-text" />
    </div>
  );
}
