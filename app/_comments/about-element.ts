import type { OpenSession } from '../../lib/client';
import { targetOf } from '../../lib/mix';
import { type About, aboutControl } from './about';

/** The control or strip that something of the page belongs to; null for none. */
export function aboutElement(session: OpenSession, element: Element | null): About | null {
  const control = targetOf(element?.closest<HTMLElement>('[data-control]')?.dataset['control'] ?? '');
  if (control) return aboutControl(session.desk.mix.get(), control);
  const strip = element?.closest<HTMLElement>('[data-strip]')?.dataset['strip'];
  return strip === undefined ? null : { stripId: strip };
}
