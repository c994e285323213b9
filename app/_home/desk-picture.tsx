import { stripColor } from '../palette';

const STRIPS = 24;
const SPACE = 28;
const HEIGHT = 150;
const TRAVEL = 108;

/** Where a fader of the picture stands, 0 to 1: a slow swell with a little life in it. */
function stand(index: number): number {
  return 0.5 + 0.28 * Math.sin(index * 0.52 + 0.6) + 0.14 * Math.sin(index * 1.9);
}

/** A row of faders, to say at a glance what this is. Decoration only. */
export function DeskPicture() {
  return (
    <svg
      aria-hidden="true"
      viewBox={`0 0 ${STRIPS * SPACE} ${HEIGHT}`}
      className="mx-auto mt-12 mb-4 w-full max-w-2xl [mask-image:linear-gradient(90deg,transparent,black_22%,black_78%,transparent)]"
    >
      {Array.from({ length: STRIPS }, (_, index) => {
        const x = index * SPACE + SPACE / 2;
        const y = 16 + (1 - stand(index)) * TRAVEL;
        const color = stripColor(Math.floor(index / 2));
        return (
          <g key={color + String(x)}>
            <path d={`M${x} 10v${HEIGHT - 20}`} stroke="var(--color-line)" strokeWidth="3" strokeLinecap="round" />
            <path d={`M${x} ${y}V${HEIGHT - 10}`} stroke={color} strokeOpacity="0.35" strokeWidth="3" strokeLinecap="round" />
            <rect x={x - 9} y={y - 7} width="18" height="14" rx="3" fill="var(--color-hover)" stroke="var(--color-line-strong)" />
            <path d={`M${x - 6} ${y}h12`} stroke={color} strokeWidth="2" />
          </g>
        );
      })}
    </svg>
  );
}
