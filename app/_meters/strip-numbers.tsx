'use client';

import { useRef } from 'react';
import type { StripMeter } from '../../lib/audio';
import type { StripId } from '../../lib/mix';
import { gainToDecibels } from '../../lib/units';
import { blankMeter } from '../_console/meters/blank';
import { useSession } from '../_session';
import { Button } from '../_shell/button';
import { paintText, useFrame } from '../_shell/frame';
import { level } from '../_shell/words';

const REFRESH_MS = 100;

const peakOf = (meter: StripMeter) => gainToDecibels(Math.max(meter.peakLeft, meter.peakRight));
const rmsOf = (meter: StripMeter) => gainToDecibels(Math.hypot(meter.rmsLeft, meter.rmsRight) * Math.SQRT1_2);

/** Silence has no crest. */
function crestOf(meter: StripMeter): string {
  const rms = rmsOf(meter);
  return rms <= -120 ? '–' : level(peakOf(meter) - rms);
}

const NUMBERS: readonly (readonly [name: string, unit: string, read: (meter: StripMeter) => string])[] = [
  ['Short-term loudness', 'LUFS', (meter) => level(meter.shortTerm)],
  ['RMS, 300 ms', 'dBFS', (meter) => level(rmsOf(meter))],
  ['Crest: peak over RMS', 'dB', crestOf],
  ['Highest peak', 'dBFS', (meter) => level(gainToDecibels(meter.highest))],
  ['Times over full scale', '', (meter) => String(meter.clips)],
];

/** A strip's levels in numbers, after its fader. */
export function StripNumbers({ strip }: { strip: StripId }) {
  const { meters } = useSession().engine;
  const cells = useRef<(HTMLElement | null)[]>([]);
  const meter = useRef(blankMeter());
  const last = useRef(0);
  useFrame((now) => {
    if (now - last.current < REFRESH_MS) return;
    last.current = now;
    if (!meters.readStrip(strip, meter.current)) return;
    NUMBERS.forEach(([, , read], index) => {
      paintText(cells.current[index] ?? null, read(meter.current));
    });
  });
  return (
    <>
      <dl className="flex flex-col gap-0.5 text-xs">
        {NUMBERS.map(([name, unit], index) => (
          <div key={name} className="flex gap-2">
            <dt className="flex-1 text-quiet">{name}</dt>
            <dd>
              <span
                ref={(element) => {
                  cells.current[index] = element;
                }}
              >
                –
              </span>{' '}
              <span className="text-quiet">{unit}</span>
            </dd>
          </div>
        ))}
      </dl>
      <Button size="small" className="self-start" onPress={() => meters.clearClips()}>
        Clear the peaks
      </Button>
    </>
  );
}
