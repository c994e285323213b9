import type { OpenSession } from '../../lib/client';
import { type Target, targetKey } from '../../lib/mix';
import type { Comment } from '../../lib/protocol';
import { openChannel } from '../_console';
import { setPage } from '../_shell/page-state';
import { controlOf } from './about';

type Tab = Parameters<typeof openChannel>[2];

/** The part of the channel view that has a control; null for those that the strip itself has. */
function tabOf(target: Target): Tab | null {
  if (target.on === 'insert') return 'effects';
  if (target.on === 'send') return 'sends';
  if (/^(eq|hpf|lpf)\./.test(target.parameter)) return 'eq';
  return /^(gate|comp|sat)\./.test(target.parameter) ? 'dynamics' : null;
}

/** Shows the strip that a comment is on, opens the part of it that has the control, and puts the focus there. */
export function showAbout(session: OpenSession, comment: Comment): void {
  if (comment.stripId === undefined) return;
  const control = controlOf(comment);
  const tab = control && tabOf(control);
  if (tab) openChannel(session, comment.stripId, tab);
  else session.select(comment.stripId);
  setPage({ phoneTab: 'console' });
  requestAnimationFrame(() => {
    const selector = control ? `[data-control="${CSS.escape(targetKey(control))}"]` : `[data-strip="${CSS.escape(comment.stripId ?? '')}"]`;
    const found = document.querySelector<HTMLElement>(selector);
    found?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    if (control) found?.focus();
  });
}
