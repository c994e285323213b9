import { z } from 'zod';
import type { Keeps } from '../../audio';

const KEY = 'mixing-table.talk';

const kept = z.object({
  /** dB by which the music is turned down while somebody speaks. */
  dip: z.number().min(-40).max(0).catch(-12),
  /** Id of the microphone; empty for the system's. */
  microphone: z.string().catch(''),
});
type RememberedTalk = z.infer<typeof kept>;

/** What this browser remembers of talking, as far as it makes sense; the defaults for the rest. */
export function recallTalk(storage: Keeps | null): RememberedTalk {
  try {
    return kept.catch({ dip: -12, microphone: '' }).parse(JSON.parse(storage?.getItem(KEY) ?? '{}'));
  } catch {
    return { dip: -12, microphone: '' };
  }
}

export function rememberTalk(storage: Keeps | null, change: Partial<RememberedTalk>): void {
  try {
    storage?.setItem(KEY, JSON.stringify({ ...recallTalk(storage), ...change }));
  } catch {
    // It holds until the page is closed.
  }
}
