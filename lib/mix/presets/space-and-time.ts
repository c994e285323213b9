import type { Preset } from './preset';

// Characters by their index: 0 is a room, 1 a hall, 2 a plate, 3 a spring, 4 a chamber.
export const reverb: readonly Preset[] = [
  { name: 'Small room', values: { size: 60, predelay: 4, decay: 0.45, damping: 7000, lowcut: 120, width: 80 } },
  { name: 'Vocal plate', values: { character: 2, predelay: 30, decay: 1.7, damping: 9000, lowcut: 220 } },
  { name: 'Drum room', values: { predelay: 8, decay: 0.8, damping: 5000, lowcut: 90 } },
  { name: 'Concert hall', values: { character: 1, predelay: 35, decay: 2.6, damping: 4500, lowcut: 140 } },
  { name: 'Long and dark', values: { character: 1, size: 140, predelay: 60, decay: 6, damping: 2200, lowcut: 200 } },
  { name: 'Guitar spring', values: { character: 3, predelay: 0, decay: 2.2, damping: 4000, lowcut: 160 } },
  { name: 'Echo chamber', values: { character: 4, predelay: 12, decay: 1.4, damping: 6500, lowcut: 180 } },
];

// Notes by their index: 1 is 1/16, 3 is 1/16 dotted, 4 is 1/8, 6 is 1/8 dotted, 7 is 1/4, 9 is 1/2.
export const delay: readonly Preset[] = [
  { name: 'Slapback', values: { sync: 0, time: 110, feedback: 5, lowcut: 200, highcut: 5000, pingpong: 0 } },
  { name: 'Quarter-note throw', values: { sync: 1, note: 7, feedback: 45, lowcut: 300, highcut: 4000, pingpong: 0 } },
  { name: 'Dotted ping-pong', values: { sync: 1, note: 6, feedback: 38, lowcut: 180, highcut: 7000, pingpong: 1 } },
  { name: 'Thickener', values: { sync: 0, time: 28, feedback: 0, lowcut: 150, highcut: 9000, pingpong: 0 } },
  { name: 'Dub echo', values: { sync: 1, note: 6, feedback: 72, lowcut: 400, highcut: 2500, pingpong: 1 } },
  { name: 'Two sides', values: { sync: 1, note: 4, link: 0, 'note.right': 6, feedback: 30, lowcut: 200, highcut: 6000, pingpong: 0 } },
  { name: 'Tape echo', values: { sync: 0, time: 320, feedback: 48, wow: 45, lowcut: 180, highcut: 3500, pingpong: 0 } },
  { name: 'Steps back', values: { sync: 1, note: 7, feedback: 40, duck: 14, lowcut: 250, highcut: 5500, pingpong: 1 } },
];
