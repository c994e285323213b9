import type { OpenSession } from '../../../lib/client';
import type { StripId } from '../../../lib/mix';
import { createStore } from '../../../lib/std';
import { setPage } from '../../_shell/page-state';

export type ChannelTab = 'eq' | 'dynamics' | 'effects' | 'sends';

/** Which part of the channel view is open; of this page alone. */
export const channelTab = createStore<ChannelTab>('eq');

/** Selects the strip and opens its channel view on a tab. */
export function openChannel(session: OpenSession, strip: StripId, tab: ChannelTab): void {
  channelTab.set(tab);
  session.select(strip);
  setPage({ channelView: true });
}
