export function resetLoudness(): void {}
