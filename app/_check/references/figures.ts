/** One decimal with a true minus, and a plus where `plus`. */
export function signed(value: number, plus = false): string {
  const text = Math.abs(value).toFixed(1);
  if (Number(text) === 0) return text;
  return value < 0 ? `−${text}` : plus ? `+${text}` : text;
}

/** m:ss.d */
export function moment(seconds: number): string {
  const tenths = Math.round(Math.abs(seconds) * 10);
  const minutes = Math.floor(tenths / 600);
  const rest = ((tenths % 600) / 10).toFixed(1).padStart(4, '0');
  return `${seconds < 0 ? '−' : ''}${minutes}:${rest}`;
}
