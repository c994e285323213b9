import { memo } from 'react';
import { acrossOf, downOf, GRID_DB, GRID_HZ, LABELLED_HZ, PIANO } from './axes';

const percent = (part: number) => `${(part * 100).toFixed(3)}%`;

/** Lines and numbers behind the curves. Renders once. */
export const EqGrid = memo(function EqGrid() {
  return (
    <div aria-hidden="true" className="pointer-events-none absolute inset-0 text-[10px] text-quiet leading-none">
      {GRID_HZ.map((frequency) => (
        <span key={frequency} className="absolute inset-y-0 w-px bg-line/70" style={{ left: percent(acrossOf(frequency)) }} />
      ))}
      {GRID_DB.map((decibels) => (
        <span
          key={decibels}
          className={`absolute inset-x-0 h-px ${decibels === 0 ? 'bg-line-strong' : 'bg-line/70'}`}
          style={{ top: percent(downOf(decibels)) }}
        >
          <span className="absolute -top-1.5 right-1 bg-bg/60 px-0.5">
            {decibels > 0 ? `+${decibels}` : String(decibels).replace('-', '−')}
          </span>
        </span>
      ))}
      {LABELLED_HZ.map((frequency) => (
        <span key={frequency} className="absolute bottom-1 -translate-x-1/2" style={{ left: percent(acrossOf(frequency)) }}>
          {frequency < 1000 ? frequency : `${frequency / 1000}k`}
        </span>
      ))}
    </div>
  );
});

/** The piano under the axis: which tone a frequency is. Renders once. */
export const PianoKeys = memo(function PianoKeys() {
  return (
    <div aria-hidden="true" className="relative h-4 shrink-0 overflow-hidden rounded-b-sm bg-[#c9ced8]">
      {PIANO.map((key) => (
        <span
          key={key.note}
          className={`absolute top-0 ${key.black ? 'h-2.5 bg-[#14171c]' : 'h-full border-[#8b93a1] border-r'}`}
          style={{ left: percent(key.from), width: percent(key.until - key.from) }}
        >
          {key.name && <span className="absolute bottom-0 left-px text-[8px] text-[#14171c] leading-none">{key.name}</span>}
        </span>
      ))}
    </div>
  );
});
