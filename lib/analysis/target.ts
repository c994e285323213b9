/** How loud a finished mix is wanted somewhere, and by whom it is said. Values are a starting point: each can be changed. */
export interface LoudnessTarget {
  readonly id: string;
  readonly name: string;
  /** LUFS, and how far off is still right, LU. */
  readonly integrated: number;
  readonly tolerance: number;
  /** dBTP. */
  readonly truePeak: number;
  readonly source: string;
  /** When that was so: year or year and month. */
  readonly date: string;
}

export const LOUDNESS_TARGETS: readonly LoudnessTarget[] = [
  {
    id: 'spotify',
    name: 'Spotify',
    integrated: -14,
    tolerance: 1,
    truePeak: -1,
    source: 'Spotify for Artists, “Loudness normalization”',
    date: '2024',
  },
  {
    id: 'apple',
    name: 'Apple Music',
    integrated: -16,
    tolerance: 1,
    truePeak: -1,
    source: 'Apple Digital Masters, “Sound Check”',
    date: '2022',
  },
  {
    id: 'youtube',
    name: 'YouTube',
    integrated: -14,
    tolerance: 1,
    truePeak: -1,
    source: 'As measured by its “content loudness” figure',
    date: '2023',
  },
  {
    id: 'tidal',
    name: 'Tidal',
    integrated: -14,
    tolerance: 1,
    truePeak: -1,
    source: 'AES TD1008, as adopted by the service',
    date: '2021',
  },
  { id: 'aes', name: 'Music streaming (AES)', integrated: -16, tolerance: 1, truePeak: -1, source: 'AES TD1008, tracks', date: '2021-09' },
  { id: 'r128', name: 'EBU R 128', integrated: -23, tolerance: 0.5, truePeak: -1, source: 'EBU R 128', date: '2023-11' },
  { id: 'a85', name: 'ATSC A/85', integrated: -24, tolerance: 2, truePeak: -2, source: 'ATSC A/85:2013', date: '2013-03' },
];
