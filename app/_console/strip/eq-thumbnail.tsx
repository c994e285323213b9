'use client';

import { useMemo } from 'react';
import type { Strip } from '../../../lib/mix';
import { logFrequencies, responseOf } from '../eq/response';
import { useEqSettings } from '../eq/settings';

const WIDTH = 72;
const HEIGHT = 40;
/** ±15 dB fill the picture. */
const SPAN_DB = 30;
const FREQUENCIES = logFrequencies(48);

/** The strip's whole frequency response, small. */
export function EqThumbnail({ strip, color }: { strip: Strip; color: string }) {
  const settings = useEqSettings({ on: 'strip', id: strip.id });
  const line = useMemo(() => {
    const step = WIDTH / (FREQUENCIES.length - 1);
    const points = [...responseOf(settings, FREQUENCIES).sum].map((decibels, index) => {
      const y = HEIGHT / 2 - (Math.max(-40, decibels) / SPAN_DB) * HEIGHT;
      return `${(index * step).toFixed(1)} ${y.toFixed(1)}`;
    });
    return `M${points.join('L')}`;
  }, [settings]);
  return (
    <svg aria-hidden="true" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" className="h-full w-full rounded-sm bg-bg">
      <path d={`M0 ${HEIGHT / 2}H${WIDTH}`} stroke="var(--color-line)" />
      <path d={`${line}V${HEIGHT / 2}H0Z`} fill={color} opacity={settings.on ? 0.12 : 0.05} />
      <path d={line} fill="none" stroke={color} strokeWidth={1.5} vectorEffect="non-scaling-stroke" opacity={settings.on ? 1 : 0.35} />
    </svg>
  );
}
