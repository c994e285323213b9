const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** `0 B`, `1.2 MB`, `340 GB`: decimal units, as disks are sold and limits are set. */
export function bytesInWords(bytes: number): string {
  const place = Math.min(UNITS.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)));
  const value = bytes / 1000 ** place;
  return `${value.toLocaleString('en', { maximumFractionDigits: place > 0 && value < 100 ? 1 : 0 })} ${UNITS[place]}`;
}
