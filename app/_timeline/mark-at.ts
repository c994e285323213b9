import type { OpenSession } from '../../lib/client';
import { tell } from '../_shell/toasts';
import { addNumberedMarker } from './marker-commands';
import { editMarker } from './use-view';

/** Sets a marker and opens its name for typing; says why where that may not be. */
export function markAt(session: OpenSession, at: number): void {
  const made = addNumberedMarker(session.desk.mix.get(), at);
  const result = session.desk.apply(made.changes);
  if (result.ok) editMarker(made.id);
  else tell({ level: 'warning', text: result.error });
}
