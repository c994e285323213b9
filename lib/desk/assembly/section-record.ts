/** A second-order filter: coefficients b0 b1 b2 a1 a2, those it moves to, and two states (left and right together). */
export const SECTION_GOAL: usize = 40;
export const SECTION_STATE: usize = 80;
export const SECTION_BYTES: usize = 112;
