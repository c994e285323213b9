/** −3.2, with a true minus; one digit. */
export function signed(value: number): string {
  const text = Math.abs(value).toFixed(1);
  return value < -0.05 ? `−${text}` : value > 0.05 ? `+${text}` : text;
}

/** 98 Hz, 1.2 kHz. */
export function hertz(value: number): string {
  return value < 1000 ? `${Math.round(value)} Hz` : `${(value / 1000).toFixed(value < 10_000 ? 1 : 0)} kHz`;
}

/** 0:37. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}
