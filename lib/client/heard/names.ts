/** The shared mix, and my draft, as what is heard. */
export const MIX = 'mix';
export const DRAFT = 'draft';
