/** A colour for each band's handle and curve; each handle has its number too. */
const BAND_COLORS: readonly string[] = ['#fb7188', '#e9964c', '#f2c94c', '#6fd08c', '#45cae8', '#a78bfa'];

export function bandColor(band: number): string {
  return BAND_COLORS[band - 1] ?? '#e7eaf0';
}
