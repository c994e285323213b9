/** Size of a signal's part at `hertz` (a sine's peak), for a whole number of its periods. */
export function lineAt(signal: ArrayLike<number>, hertz: number): number {
  let real = 0;
  let imaginary = 0;
  for (let n = 0; n < signal.length; n++) {
    const angle = (2 * Math.PI * ((hertz * n) % 48_000)) / 48_000;
    real += (signal[n] ?? 0) * Math.cos(angle);
    imaginary -= (signal[n] ?? 0) * Math.sin(angle);
  }
  return (2 * Math.hypot(real, imaginary)) / signal.length;
}

/** The greatest step from one sample to the next that the one before does not lead to expect: what a click is. */
export function roughness(signal: ArrayLike<number>): number {
  let most = 0;
  for (let n = 2; n < signal.length; n++) {
    most = Math.max(most, Math.abs((signal[n] ?? 0) - 2 * (signal[n - 1] ?? 0) + (signal[n - 2] ?? 0)));
  }
  return most;
}
