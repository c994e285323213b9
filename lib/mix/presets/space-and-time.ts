import type { Preset } from './preset';

export const reverb: readonly Preset[] = [
  { name: 'Small room', values: { predelay: 4, decay: 0.45, damping: 7000, lowcut: 120, width: 80 } },
  { name: 'Vocal plate', values: { predelay: 30, decay: 1.7, damping: 9000, lowcut: 220 } },
  { name: 'Drum room', values: { predelay: 8, decay: 0.8, damping: 5000, lowcut: 90 } },
  { name: 'Concert hall', values: { predelay: 35, decay: 2.6, damping: 4500, lowcut: 140 } },
  { name: 'Long and dark', values: { predelay: 60, decay: 6, damping: 2200, lowcut: 200 } },
];

// Notes by their index: 1 is 1/16, 3 is 1/16 dotted, 4 is 1/8, 6 is 1/8 dotted, 7 is 1/4, 9 is 1/2.
export const delay: readonly Preset[] = [
  { name: 'Slapback', values: { sync: 0, time: 110, feedback: 5, lowcut: 200, highcut: 5000, pingpong: 0 } },
  { name: 'Quarter-note throw', values: { sync: 1, note: 7, feedback: 45, lowcut: 300, highcut: 4000, pingpong: 0 } },
  { name: 'Dotted ping-pong', values: { sync: 1, note: 6, feedback: 38, lowcut: 180, highcut: 7000, pingpong: 1 } },
  { name: 'Thickener', values: { sync: 0, time: 28, feedback: 0, lowcut: 150, highcut: 9000, pingpong: 0 } },
  { name: 'Dub echo', values: { sync: 1, note: 6, feedback: 72, lowcut: 400, highcut: 2500, pingpong: 1 } },
];
