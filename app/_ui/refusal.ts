import { tell } from '../_shell/toasts';

/** The same sentence is not said again while it may still be read: a held key would fill the page with it. */
const AGAIN_MS = 6000;
const last = { why: '', at: Number.NEGATIVE_INFINITY };

/** Says why a control would not move. */
export function tellRefusal(why: string): void {
  const now = performance.now();
  if (why === last.why && now - last.at < AGAIN_MS) return;
  last.why = why;
  last.at = now;
  tell({ level: 'info', text: why });
}
