import type { Preset } from './preset';

// Characters by their index: room, hall, plate, spring, chamber.
export const reverb: readonly Preset[] = [
  { name: 'Small room', values: { character: 0, predelay: 4, decay: 0.45, damping: 7000, lowcut: 120, width: 80 } },
  { name: 'Drum room', values: { character: 0, predelay: 8, decay: 0.8, damping: 5000, lowcut: 90 } },
  { name: 'Vocal plate', values: { character: 2, predelay: 30, decay: 1.7, damping: 9000, lowcut: 220 } },
  { name: 'Concert hall', values: { character: 1, predelay: 35, decay: 2.6, damping: 4500, lowcut: 140 } },
  { name: 'Guitar spring', values: { character: 3, predelay: 0, decay: 1.9, damping: 4000, lowcut: 180, width: 40 } },
  { name: 'Smooth chamber', values: { character: 4, predelay: 15, decay: 1.3, damping: 6500, lowcut: 160 } },
  { name: 'Long and dark', values: { character: 1, predelay: 60, decay: 6, damping: 2200, lowcut: 200 } },
];

// Notes by their index: 6 is 1/8 dotted, 7 is 1/4.
export const delay: readonly Preset[] = [
  { name: 'Slapback', values: { sync: 0, time: 110, feedback: 5, lowcut: 200, highcut: 5000, pingpong: 0 } },
  { name: 'Quarter-note throw', values: { sync: 1, note: 7, feedback: 45, lowcut: 300, highcut: 4000, pingpong: 0 } },
  { name: 'Dotted ping-pong', values: { sync: 1, note: 6, feedback: 38, lowcut: 180, highcut: 7000, pingpong: 1 } },
  { name: 'Thickener', values: { sync: 0, time: 28, feedback: 0, lowcut: 150, highcut: 9000, pingpong: 0 } },
  { name: 'Dub echo', values: { sync: 1, note: 6, feedback: 72, lowcut: 400, highcut: 2500, pingpong: 1 } },
];
