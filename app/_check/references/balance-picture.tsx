'use client';

import { useState } from 'react';
import { BAND_HERTZ, type ProgrammeFigures } from '../../../lib/analysis';
import { useSession, useStore } from '../../_session';
import { INK } from '../../palette';
import { signed } from './figures';

const [WIDTH, HEIGHT] = [340, 150];
const [LEFT, BOTTOM, TOP] = [26, 16, 6];
/** Third octaves with their names below. */
const NAMED = new Map([
  [50, '50'],
  [100, '100'],
  [200, '200'],
  [500, '500'],
  [1000, '1k'],
  [2000, '2k'],
  [5000, '5k'],
  [10_000, '10k'],
]);

interface Picture {
  readonly name: string;
  readonly about: string;
  readonly of: (figures: ProgrammeFigures) => Float64Array;
  readonly low: number;
  readonly high: number;
  readonly lines: readonly number[];
  readonly shown: (value: number) => string;
  readonly unit: string;
  readonly scale: number;
}

const PICTURES: Readonly<Record<'tone' | 'width', Picture>> = {
  tone: {
    name: 'Tone',
    about: 'Each third octave against all of them together, whatever the loudness',
    of: ({ tone }) => tone,
    low: -48,
    high: 0,
    lines: [-40, -30, -20, -10],
    shown: (value) => signed(value, true),
    unit: 'dB',
    scale: 1,
  },
  width: {
    name: 'Width',
    about: 'Share of what differs between left and right: 0 mono, 50 unrelated sides, more: turned against each other',
    of: ({ width }) => width,
    low: 0,
    high: 0.6,
    lines: [0.2, 0.4],
    shown: (value) => signed(value, true),
    unit: '%',
    scale: 100,
  },
};

const acrossOf = (band: number) => LEFT + ((band + 0.5) / BAND_HERTZ.length) * (WIDTH - LEFT);
const nameOf = (hertz: number) => (hertz < 1000 ? `${Math.round(hertz)} Hz` : `${(hertz / 1000).toFixed(hertz < 10_000 ? 1 : 0)} kHz`);

/** Tonal balance or width of mix and reference, band by band. */
export function BalancePicture() {
  const { references } = useSession();
  const { mix, reference } = useStore(references.figures);
  const [which, setWhich] = useState<'tone' | 'width'>('tone');
  const [band, setBand] = useState<number | null>(null);
  const picture = PICTURES[which];
  const down = (value: number) => {
    const share = (Math.min(picture.high, Math.max(picture.low, value)) - picture.low) / (picture.high - picture.low);
    return HEIGHT - BOTTOM - share * (HEIGHT - BOTTOM - TOP);
  };
  const [ours, theirs] = [mix && picture.of(mix), reference && picture.of(reference)];
  return (
    <figure className="m-0 border-line border-b px-3 pt-3 pb-2">
      <figcaption className="flex items-center gap-1 text-xs">
        {(['tone', 'width'] as const).map((one) => (
          <button
            key={one}
            type="button"
            aria-pressed={one === which}
            title={PICTURES[one].about}
            onClick={() => setWhich(one)}
            className={`h-6 rounded-sm px-2 ${one === which ? 'bg-hover font-semibold text-text' : 'text-quiet hover:text-text'}`}
          >
            {PICTURES[one].name}
          </button>
        ))}
        <span className="flex-1" />
        <Key color={INK.accent} name="Mix" />
        <Key color={INK.solo} name="Reference" />
      </figcaption>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={`${picture.name}: ${picture.about}`}
        className="mt-1 w-full touch-none"
        onPointerMove={(event) => {
          const box = event.currentTarget.getBoundingClientRect();
          const x = ((event.clientX - box.left) / box.width) * WIDTH;
          setBand(Math.min(BAND_HERTZ.length - 1, Math.max(0, Math.floor(((x - LEFT) / (WIDTH - LEFT)) * BAND_HERTZ.length))));
        }}
        onPointerLeave={() => setBand(null)}
      >
        <Grid picture={picture} down={down} />
        {band !== null && <rect x={acrossOf(band) - 5} y={TOP} width={10} height={HEIGHT - BOTTOM - TOP} fill={INK.line} opacity={0.6} />}
        {theirs && <Line values={theirs} down={down} color={INK.solo} />}
        {ours && <Line values={ours} down={down} color={INK.accent} />}
      </svg>
      <p className="h-4 text-quiet text-xs tabular-nums" aria-hidden>
        {band === null ? widest(picture, ours, theirs) : differenceIn(picture, band, ours, theirs)}
      </p>
    </figure>
  );
}

function differenceIn({ scale, shown, unit }: Picture, band: number, ours: Float64Array | null, theirs: Float64Array | null): string {
  const [mine, other] = [ours?.[band], theirs?.[band]];
  const name = nameOf(BAND_HERTZ[band] ?? 0);
  if (mine === undefined || other === undefined || !Number.isFinite(mine - other)) return name;
  return `${name}: the mix has ${shown(scale * (mine - other))} ${unit} against the reference`;
}

/** Where mix and reference differ most, of what is heard. */
function widest(picture: Picture, ours: Float64Array | null, theirs: Float64Array | null): string {
  if (!ours || !theirs) return 'Measuring …';
  let most = -1;
  for (const [band, hertz] of BAND_HERTZ.entries()) {
    const by = Math.abs((ours[band] ?? Number.NaN) - (theirs[band] ?? Number.NaN));
    if (hertz > 40 && hertz < 16_000 && by > Math.abs((ours[most] ?? 0) - (theirs[most] ?? 0))) most = band;
  }
  return most < 0 ? '' : differenceIn(picture, most, ours, theirs);
}

function Key({ color, name }: { color: string; name: string }) {
  return (
    <span className="flex items-center gap-1 text-quiet">
      <span aria-hidden className="h-0.5 w-3" style={{ background: color }} />
      {name}
    </span>
  );
}

function Grid({ picture: { lines, scale }, down }: { picture: Picture; down: (value: number) => number }) {
  return (
    <g stroke={INK.line} fill={INK.quiet} fontSize={9}>
      {lines.map((value) => (
        <g key={value}>
          <line x1={LEFT} x2={WIDTH} y1={down(value)} y2={down(value)} />
          <text x={LEFT - 4} y={down(value) + 3} textAnchor="end" stroke="none">
            {String(Math.round(value * scale)).replace('-', '−')}
          </text>
        </g>
      ))}
      {[...BAND_HERTZ].map((hertz, band) => {
        const name = [...NAMED].find(([named]) => Math.abs(Math.log2(named / hertz)) < 1 / 6)?.[1];
        return (
          name && (
            <text key={name} x={acrossOf(band)} y={HEIGHT - 4} textAnchor="middle" stroke="none">
              {name}
            </text>
          )
        );
      })}
    </g>
  );
}

function Line({ values, down, color }: { values: Float64Array; down: (value: number) => number; color: string }) {
  const points = [...values].flatMap((value, band) =>
    Number.isFinite(value) ? [`${acrossOf(band).toFixed(1)},${down(value).toFixed(1)}`] : [],
  );
  return <polyline points={points.join(' ')} fill="none" stroke={color} strokeWidth={1.6} strokeLinejoin="round" />;
}
