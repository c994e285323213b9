'use client';

import { useRef } from 'react';
import { blankMaster } from '../_console/meters/blank';
import { useSession } from '../_session';
import { INK } from '../palette';
import { useFrame } from './frame';
import { type LiveText, LiveTextBox } from './live-text';
import { level } from './words';

/** Digits that change thirty times a second cannot be read. */
const REFRESH_MS = 100;
const LOUD_TRUE_PEAK = -1;

const READINGS = [
  { key: 'momentary', label: 'M', help: 'momentary, over 0.4 s', wide: true },
  { key: 'shortTerm', label: 'S', help: 'short-term, over 3 s', wide: true },
  { key: 'integrated', label: 'I', help: 'integrated since the last reset', wide: false },
  { key: 'range', label: 'LRA', help: 'loudness range', wide: true },
  { key: 'truePeak', label: 'TP', help: 'highest true peak since the last reset', wide: false },
] as const;

/** Loudness of the mix as heard (ITU-R BS.1770-5, EBU Tech 3341); a click starts measuring anew. */
export function Loudness() {
  const { meters } = useSession().engine;
  const texts = useRef(new Map<string, LiveText>());
  const reading = useRef(blankMaster());
  const last = useRef(0);
  useFrame((now) => {
    if (now - last.current < REFRESH_MS) return;
    last.current = now;
    if (!meters.readMaster(reading.current)) return;
    for (const { key } of READINGS) {
      const loud = key === 'truePeak' && reading.current.truePeak > LOUD_TRUE_PEAK;
      texts.current.get(key)?.write(level(reading.current[key]), loud ? INK.record : '');
    }
  });
  return (
    <button
      type="button"
      onClick={() => {
        meters.resetLoudness();
        meters.clearClips();
      }}
      title={`Loudness of the mix in LUFS: ${READINGS.map(({ label, help }) => `${label} ${help}`).join('; ')}. Click to measure anew.`}
      aria-label="Loudness of the mix; press to measure anew"
      className="flex h-8 items-center gap-2.5 rounded-md px-2 text-sm whitespace-nowrap hover:bg-hover"
    >
      {READINGS.map(({ key, label, wide }) => (
        <span key={key} className={wide ? 'hidden items-center gap-1 lg:flex' : 'flex items-center gap-1'}>
          <span className="text-quiet text-xs">{label}</span>
          <LiveTextBox
            testid={`loudness-${key}`}
            initial={key === 'range' ? '0.0' : '−∞'}
            className="h-5 w-11 font-semibold"
            onReady={(text) => {
              if (text) texts.current.set(key, text);
              else texts.current.delete(key);
            }}
          />
          {key === 'integrated' && <span className="text-quiet text-xs">LUFS</span>}
          {key === 'truePeak' && <span className="text-quiet text-xs">dB</span>}
        </span>
      ))}
    </button>
  );
}
