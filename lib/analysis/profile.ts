import type { FamilyName } from '../mix';

/** How loud a part usually is: LU against all parts together while it plays, and how far off is still a matter of taste. */
export interface UsualLevel {
  readonly level: number;
  readonly spread: number;
}

/** What a mix is held against: levels of its parts and the share of its energy that lies in the low mids. */
export interface Profile {
  readonly id: string;
  readonly name: string;
  readonly levels: Readonly<Partial<Record<FamilyName, UsualLevel>>>;
  /** Share of 20 Hz–20 kHz between 200 and 400 Hz: usual, and from where on it is mud. */
  readonly lowMids: { readonly usual: number; readonly most: number };
}

const at = (level: number, spread = 3.2): UsualLevel => ({ level, spread });

/** A band with a singer in front. House values: a starting point to be replaced by a reference, no norm. */
const BAND: Profile = {
  id: 'band',
  name: 'Band and voice',
  levels: {
    kick: at(-7),
    snare: at(-8.5),
    cymbals: at(-15),
    toms: at(-15, 5),
    percussion: at(-15, 5),
    drums: at(-6, 4),
    bass: at(-6.5),
    guitar: at(-11.5, 4),
    keys: at(-10, 3.5),
    synth: at(-13, 4),
    strings: at(-12, 4.5),
    winds: at(-11, 4.5),
    backing: at(-9, 3.5),
    vocals: at(-5.5),
  },
  lowMids: { usual: 0.16, most: 0.24 },
};

const ELECTRONIC: Profile = {
  ...BAND,
  id: 'electronic',
  name: 'Electronic',
  levels: { ...BAND.levels, kick: at(-4.5), snare: at(-9), bass: at(-6), synth: at(-9, 5), vocals: at(-6.5, 4) },
  lowMids: { usual: 0.13, most: 0.21 },
};

const ACOUSTIC: Profile = {
  ...BAND,
  id: 'acoustic',
  name: 'Acoustic',
  levels: { ...BAND.levels, kick: at(-12, 4), snare: at(-12, 4), bass: at(-9), guitar: at(-7, 4), keys: at(-8, 4), vocals: at(-3.5) },
  lowMids: { usual: 0.22, most: 0.32 },
};

export const PROFILES: readonly Profile[] = [BAND, ELECTRONIC, ACOUSTIC];
