'use client';

import { formatShort, type Strip, stripRow } from '../../../lib/mix';
import { useSession, useValue } from '../../_session';
import { Knob } from '../../_ui';
import { openChannel } from '../channel/channel-tab';
import { onStrip } from './level-section';

/** The pan of a strip; with dual pan where its sides sit, which opens them. */
export function StripPan({ strip, color }: { strip: Strip; color: string }) {
  const session = useSession();
  const dual = useValue(onStrip(strip, 'pan.mode')) >= 0.5;
  const [left, right] = [useValue(onStrip(strip, 'pan.left')), useValue(onStrip(strip, 'pan.right'))];
  const row = stripRow('pan.left');
  if (!dual || !row) return <Knob target={onStrip(strip, 'pan')} look="row" color={color} />;
  return (
    <button
      type="button"
      aria-label={`Open the dual pan of ${strip.name}`}
      title="Dual pan: where the left and the right side sit"
      className="h-6 whitespace-nowrap rounded-sm px-1 text-2xs @max-[60px]:px-0 @max-[60px]:text-[10px] hover:bg-hover"
      onClick={() => openChannel(session, strip.id, 'sends')}
    >
      {`${formatShort(row, left)} · ${formatShort(row, right)}`}
    </button>
  );
}
