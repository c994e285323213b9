'use client';

import type { Insert } from '../../../lib/mix';
import { useMix } from '../../_session';
import { stripColor } from '../../palette';
import { EqGraph } from '../eq/eq-graph';
import { FREQUENCIES, hertzAt } from './frequency-axis';
import { Graph } from './graph';
import { useInsertValues } from './insert-values';

/** The same as of a strip's own equaliser, over the spectrum of the strip. */
export function EqPicture({ insert }: { insert: Insert }) {
  const strip = useMix((mix) => mix.strips.get(insert.strip));
  return (
    <div className="flex h-full flex-col">
      <EqGraph
        owner={{ on: 'insert', id: insert.id, name: `${strip?.name ?? ''} effect` }}
        strip={insert.strip}
        color={stripColor(strip?.color ?? 0)}
      />
    </div>
  );
}

const WIDEST = 220;
const WIDTHS = [50, 100, 150, 200].map((percent) => [percent / WIDEST, `${percent} %`] as const);

/** Size of a second-order low-pass at `hertz`, and what it leaves, as complex numbers. */
function lowPass(crossover: number, hertz: number): { real: number; imaginary: number } {
  const ratio = hertz / crossover;
  const [a, b] = [1 - ratio * ratio, Math.SQRT2 * ratio];
  const size = a * a + b * b;
  return { real: a / size, imaginary: -b / size };
}

/** How much of the sides' difference is left at each frequency. */
export function WidthPicture({ insert }: { insert: Insert }) {
  const { low, high, crossover, mix, ...mono } = useInsertValues(insert, ['low', 'high', 'crossover', 'mix', 'mono.on', 'mono.freq']);
  const part = mix / 100;
  const widthAt = (hertz: number) => {
    const below = lowPass(crossover, hertz);
    const [down, up] = [part * (low / 100 - 1), part * (high / 100 - 1)];
    const wide = Math.hypot(1 + up + (down - up) * below.real, (down - up) * below.imaginary);
    const cut = mono['mono.on'] >= 0.5 ? 1 / Math.sqrt(1 + (mono['mono.freq'] / hertz) ** 8) : 1;
    return 100 * wide * (1 + part * (cut - 1));
  };
  return (
    <Graph
      label="How wide it is at each frequency, in percent of what came"
      across={FREQUENCIES}
      up={WIDTHS}
      lines={[
        { name: 'as it came', at: () => 100 / WIDEST, color: 'var(--color-line-strong)', faint: true },
        { name: 'width', at: (x) => widthAt(hertzAt(x)) / WIDEST },
      ]}
    />
  );
}
