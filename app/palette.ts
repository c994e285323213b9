/**
 * The twelve strip colours, in hue order; a strip keeps an index into them. Chosen so that the two nearest stay 0.07 apart
 * in OKLab for normal sight and for simulated protanopia, deuteranopia and tritanopia (Machado 2009), and at 5:1 or more on
 * the console's surface. Neighbours differ in lightness as well as hue.
 */
const STRIPS = [
  '#fb7188',
  '#d5762c',
  '#dcb155',
  '#f6d32b',
  '#ade799',
  '#1da263',
  '#1df1f6',
  '#45cae8',
  '#7ea3f0',
  '#8f7df3',
  '#b678bc',
  '#fe8ebe',
] as const;

/** Soft colours that dark text reads on: faces, hands and pins of people. */
const PEOPLE = [
  '#f6a5c0',
  '#8bd3c7',
  '#f2c48d',
  '#b9a5f6',
  '#a5d6f6',
  '#d4e79e',
  '#f6b5a5',
  '#9eb8f0',
  '#e3a8e8',
  '#a8e6b0',
  '#e8dd94',
  '#d8c3b0',
] as const;

const pick = (colors: readonly string[], index: number): string =>
  colors[((Math.trunc(index) % colors.length) + colors.length) % colors.length] ?? '#9aa4b2';

/** CSS colour of a strip's or marker's colour index; any integer is taken, folded into the twelve. */
export function stripColor(index: number): string {
  return pick(STRIPS, index);
}

/** CSS colour of a person. */
export function personColor(index: number): string {
  return pick(PEOPLE, index);
}

/** The tokens of `globals.css` again for canvases, which take no CSS variables. */
export const INK = {
  bg: '#0f1115',
  surface: '#161a20',
  raised: '#1d222a',
  line: '#2a313c',
  lineStrong: '#414b5a',
  text: '#e7eaf0',
  quiet: '#9aa4b2',
  accent: '#5aa9ff',
  record: '#ff5c6b',
  solo: '#f2c94c',
  mute: '#ff7a4d',
  ok: '#4cc38a',
  wave: '#8fa6c4',
} as const;
