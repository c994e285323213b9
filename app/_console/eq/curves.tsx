'use client';

import { useMemo } from 'react';
import { acrossOf, downOf } from './axes';
import { bandColor } from './colors';
import { logFrequencies, responseOf } from './response';
import type { EqSettings } from './settings';

const POINTS = 256;
const FREQUENCIES = logFrequencies(POINTS);
const WIDTH = 1000;
const HEIGHT = 1000;

function line(decibels: Float64Array): string {
  const points = [...decibels].map((value, index) => {
    const y = downOf(Math.max(-60, Math.min(60, value))) * HEIGHT;
    return `${((index / (POINTS - 1)) * WIDTH).toFixed(1)} ${y.toFixed(1)}`;
  });
  return `M${points.join('L')}`;
}

/** A curve for each band that does something, and their sum with the filters. */
export function Curves({ settings, color }: { settings: EqSettings; color: string }) {
  const { sum, bands } = useMemo(() => {
    const response = responseOf(settings, FREQUENCIES);
    const paths = response.bands.map((curve, index) => ({
      band: index + 1,
      path: curve && line(curve),
    }));
    return { sum: line(response.sum), bands: paths };
  }, [settings]);
  const zero = downOf(0) * HEIGHT;
  return (
    <svg
      aria-hidden="true"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      className="pointer-events-none absolute inset-0 h-full w-full"
    >
      {bands.map(
        ({ band, path }) =>
          path && (
            <g key={band}>
              <path d={`${path}V${zero}H0Z`} fill={bandColor(band)} opacity={0.14} />
              <path d={path} fill="none" stroke={bandColor(band)} strokeWidth={1} opacity={0.75} vectorEffect="non-scaling-stroke" />
            </g>
          ),
      )}
      {[settings.hpf, settings.lpf].map(
        (cut, index) =>
          cut.on && (
            <path
              key={index === 0 ? 'hpf' : 'lpf'}
              d={`M${(acrossOf(cut.freq) * WIDTH).toFixed(1)} 0V${HEIGHT}`}
              stroke="var(--color-quiet)"
              strokeDasharray="2 4"
              vectorEffect="non-scaling-stroke"
            />
          ),
      )}
      <path d={sum} fill="none" stroke={settings.on ? color : 'var(--color-quiet)'} strokeWidth={2.5} vectorEffect="non-scaling-stroke" />
    </svg>
  );
}
