'use client';

import { compressorGain, transientGains, upperShare } from '../../../lib/dsp';
import { type Insert, inMultiband, type Target } from '../../../lib/mix';
import { useSession } from '../../_session';
import { CompressorGraph, GateGraph, type Live } from '../dynamics/curve-graphs';
import { ReductionHistory } from '../dynamics/reduction-history';
import { bandColor } from '../eq/colors';
import { FREQUENCIES, hertzAt } from './frequency-axis';
import { Graph } from './graph';
import { useInsertValues } from './insert-values';

const ROW = 'flex h-full min-h-0 gap-2';
/** A graph of its own beside the history, which is as wide as it. */
const HALF = 'min-w-0 flex-1';

const targetsOf =
  (insert: Insert) =>
  (parameter: string): Target => ({ on: 'insert', id: insert.id, parameter });

function useLive(insert: Insert): () => Live {
  const { meters } = useSession().engine;
  return () => ({ input: meters.insertDetector(insert.id), reduction: meters.insertReduction(insert.id) });
}

function History({ insert }: { insert: Insert }) {
  const { meters } = useSession().engine;
  return <ReductionHistory label="Reduction, dB" read={() => meters.insertReduction(insert.id)} />;
}

/** The same as of a strip's own compressor. */
export function CompressorPicture({ insert }: { insert: Insert }) {
  const target = targetsOf(insert);
  return (
    <div className={ROW}>
      <CompressorGraph target={target} on={target('on')} read={useLive(insert)} />
    </div>
  );
}

/** The same as of a strip's own gate. */
export function GatePicture({ insert }: { insert: Insert }) {
  const target = targetsOf(insert);
  return (
    <div className={ROW}>
      <GateGraph target={target} on={target('on')} read={useLive(insert)} />
    </div>
  );
}

export function LimiterPicture({ insert }: { insert: Insert }) {
  return (
    <div className={ROW}>
      <History insert={insert} />
    </div>
  );
}

const gainOf = (decibels: number) => 10 ** (decibels / 20);
const MOST_DOWN_DB = 30;
const depthOf = (gain: number) => 1 + (20 * Math.log10(Math.max(gain, 1e-3)) - 3) / (MOST_DOWN_DB + 3);
const DEPTHS = [-24, -12, 0].map((level) => [1 + (level - 3) / (MOST_DOWN_DB + 3), `${level}`.replace('-', '−')] as const);

/** What it takes from each frequency at the most, and what it took of late. */
export function DeesserPicture({ insert }: { insert: Insert }) {
  const { mode, freq, range, mix } = useInsertValues(insert, ['mode', 'freq', 'range', 'mix']);
  const most = 1 + (mix / 100) * (gainOf(-range) - 1);
  const gainAt = (hertz: number) => {
    const upper = upperShare(freq, hertz);
    return mode >= 0.5 ? most : 1 - upper + upper * most;
  };
  return (
    <div className={ROW}>
      <div className={HALF}>
        <Graph
          label="What it takes from each frequency at the most"
          across={FREQUENCIES}
          up={DEPTHS}
          lines={[
            { name: 'heard', at: (x) => depthOf(upperShare(freq, hertzAt(x))), color: 'var(--color-line-strong)', faint: true },
            { name: 'most', at: (x) => depthOf(gainAt(hertzAt(x))) },
          ]}
        />
      </div>
      <History insert={insert} />
    </div>
  );
}

/** A drum hit of 600 ms, as its level in dB every millisecond. */
const HIT = Array.from({ length: 600 }, (_, at) => (at < 40 ? -70 : -6 - (at - 40) / 10));
const heightOf = (decibels: number) => (decibels + 70) / 82;

/** What becomes of a hit that dies away in half a second. */
export function TransientPicture({ insert }: { insert: Insert }) {
  const { attack, sustain, speed, mix } = useInsertValues(insert, ['attack', 'sustain', 'speed', 'mix']);
  const gains = transientGains({ attack, sustain, speed }, HIT, 1);
  const place = (x: number) => Math.min(HIT.length - 1, Math.floor(x * HIT.length));
  const shaped = (x: number) => {
    const wet = gainOf(gains[place(x)] ?? 0);
    return (HIT[place(x)] ?? 0) + 20 * Math.log10(1 + (mix / 100) * (wet - 1));
  };
  return (
    <Graph
      label="The level of a hit that dies away, before and after"
      steps={300}
      across={[100, 200, 300, 400, 500].map((ms) => [(ms + 40) / 600, `${ms} ms`] as const)}
      up={[-48, -24, 0].map((level) => [heightOf(level), `${level}`.replace('-', '−')] as const)}
      lines={[
        { name: 'before', at: (x) => heightOf(HIT[place(x)] ?? -70), color: 'var(--color-line-strong)', faint: true },
        { name: 'after', at: (x) => heightOf(shaped(x)) },
      ]}
    />
  );
}

const BANDS = [1, 2, 3, 4, 5, 6] as const;
const SPLITS = ['split.1', 'split.2', 'split.3', 'split.4', 'split.5'] as const;
const parametersOf = (band: (typeof BANDS)[number]) =>
  [`${band}.on`, `${band}.solo`, `${band}.threshold`, `${band}.ratio`, `${band}.gain`] as const;
const MULTIBAND = ['bands', ...SPLITS, 'knee', 'mix', ...BANDS.flatMap(parametersOf)] as const;
/** +24 to −24 dB. */
const liftOf = (gain: number) => 0.5 + (20 * Math.log10(Math.max(gain, 1e-4))) / 48;
const LIFTS = [-12, 0, 12].map((level) => [0.5 + level / 48, `${level}`.replace('-', '−')] as const);

/** The bands, each with its gain for soft sounds and, faintly, for full scale; and what the deepest of them took of late. */
export function MultibandPicture({ insert }: { insert: Insert }) {
  const values = useInsertValues(insert, MULTIBAND);
  const bands = BANDS.filter((band) => inMultiband(`${band}.on`, values.bands));
  const splits = SPLITS.filter((split) => inMultiband(split, values.bands)).map((split) => values[split]);
  const alone = bands.some((band) => values[`${band}.solo`] >= 0.5);
  const part = values.mix / 100;
  const gainFor = (band: (typeof BANDS)[number], level: number) => {
    if (alone && values[`${band}.solo`] < 0.5) return 0;
    const curve = { threshold: values[`${band}.threshold`], ratio: values[`${band}.ratio`], knee: values.knee };
    const down = values[`${band}.on`] >= 0.5 ? gainOf(compressorGain(curve, level)) : 1;
    return (1 + part * (down - 1)) * (1 + part * (gainOf(values[`${band}.gain`]) - 1));
  };
  /** What a band has of a frequency: all that no split below keeps, up to its own. */
  const shareOf = (index: number, hertz: number) => {
    const below = splits.slice(0, index).reduce((share, split) => share * upperShare(split, hertz), 1);
    const own = splits[index];
    return own === undefined ? below : below * (1 - upperShare(own, hertz));
  };
  const sum = (level: number) => (x: number) =>
    liftOf(bands.reduce((gain, band, index) => gain + shareOf(index, hertzAt(x)) * gainFor(band, level), 0));
  return (
    <div className={ROW}>
      <div className={HALF}>
        <Graph
          label="Its bands, their gains for soft sounds and for full scale"
          across={FREQUENCIES}
          up={LIFTS}
          lines={[
            ...bands.map((band, index) => ({
              name: `band ${band}`,
              at: (x: number) => liftOf(shareOf(index, hertzAt(x)) * gainFor(band, Number.NEGATIVE_INFINITY)),
              color: bandColor(band),
              faint: true,
            })),
            { name: 'loud', at: sum(0), color: 'var(--color-quiet)', faint: true },
            { name: 'soft', at: sum(Number.NEGATIVE_INFINITY), color: 'var(--color-text)' },
          ]}
        />
      </div>
      <History insert={insert} />
    </div>
  );
}
