'use client';

export interface Line {
  readonly name: string;
  /** Height, 0 at the bottom, 1 at the top, for 0…1 across. */
  readonly at: (x: number) => number;
  readonly color?: string;
  readonly faint?: boolean;
}

interface GraphProps {
  /** What a picture says in words. */
  readonly label: string;
  readonly lines: readonly Line[];
  /** Where the grid's lines lie, 0…1, with their names. */
  readonly across?: readonly (readonly [number, string])[];
  readonly up?: readonly (readonly [number, string])[];
  readonly steps?: number;
}

const path = ({ at }: Line, steps: number) =>
  Array.from({ length: steps + 1 }, (_, index) => {
    const x = index / steps;
    const y = Math.min(1.02, Math.max(-0.02, at(x)));
    return `${(100 * x).toFixed(2)} ${(100 - 100 * y).toFixed(2)}`;
  }).join('L');

/** Lines over a grid, as wide and as high as its box. */
export function Graph({ label, lines, across = [], up = [], steps = 160 }: GraphProps) {
  return (
    <div role="img" aria-label={label} className="relative h-full w-full overflow-hidden rounded-sm bg-bg">
      <svg aria-hidden="true" viewBox="0 0 100 100" preserveAspectRatio="none" className="absolute inset-0 h-full w-full">
        {across.map(([x, name]) => (
          <path key={`x${name}`} d={`M${100 * x} 0V100`} stroke="var(--color-line)" vectorEffect="non-scaling-stroke" />
        ))}
        {up.map(([y, name]) => (
          <path key={`y${name}`} d={`M0 ${100 - 100 * y}H100`} stroke="var(--color-line)" vectorEffect="non-scaling-stroke" />
        ))}
        {lines.map((line) => (
          <path
            key={line.name}
            d={`M${path(line, steps)}`}
            fill="none"
            stroke={line.color ?? 'var(--color-accent)'}
            strokeWidth={line.faint ? 1 : 2}
            opacity={line.faint ? 0.5 : 1}
            vectorEffect="non-scaling-stroke"
          />
        ))}
      </svg>
      {across.map(([x, name]) => (
        <span
          key={name}
          aria-hidden="true"
          className="absolute bottom-0.5 -translate-x-1/2 text-[9px] text-quiet leading-none"
          style={{ left: `${100 * x}%` }}
        >
          {name}
        </span>
      ))}
      {up.map(([y, name]) => (
        <span
          key={name}
          aria-hidden="true"
          className="absolute right-1 translate-y-1/2 text-[9px] text-quiet leading-none"
          style={{ bottom: `${100 * y}%` }}
        >
          {name}
        </span>
      ))}
    </div>
  );
}
