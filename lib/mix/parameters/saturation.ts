import { choice, continuous, toggle } from './build';
import { CURVES } from './inserts/distortion';
import type { ParameterRow } from './row';

/** A strip's saturation, after its compressor. */
export const SATURATION_ROWS: readonly ParameterRow[] = [
  toggle({
    id: 'sat.on',
    label: 'Saturation',
    short: 'Sat',
    help: 'Adds overtones, as tape and tubes do: warmth and density. Off costs nothing.',
  }),
  choice(
    {
      id: 'sat.curve',
      label: 'Saturation curve',
      short: 'Curve',
      help: 'Tape rounds both half-waves softly, tube one sooner than the other, transistor has an edge.',
    },
    CURVES.slice(0, 3),
    0,
  ),
  continuous(
    {
      id: 'sat.drive',
      label: 'Saturation drive',
      short: 'Drive',
      help: 'How hard the curve is driven. The loudness stays about the same.',
    },
    'dB',
    { min: 0, max: 24, default: 9 },
  ),
  continuous(
    { id: 'sat.mix', label: 'Saturation mix', short: 'Mix', help: 'How much of the saturated sound; the rest is the sound before it.' },
    '%',
    { min: 0, max: 100, default: 100 },
  ),
  continuous({ id: 'sat.output', label: 'Saturation output', short: 'Out', help: 'The level after the saturation.' }, 'dB', {
    min: -24,
    max: 12,
    default: 0,
  }),
];
