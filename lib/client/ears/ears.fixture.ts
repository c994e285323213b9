import type { Ears } from '../../protocol';

/** A page that plays everything, undisturbed. */
export const plainEars: Ears = {
  sound: 'on',
  stems: 12,
  lacking: 0,
  lacks: [],
  effects: 0,
  rate: 48_000,
  latency: 20,
  nudge: 0,
  gaps: 0,
  moved: 0,
  ways: [],
  unsaved: 0,
  mix: null,
  print: null,
};
