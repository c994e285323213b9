'use client';

import type { Strip, Target } from '../../../lib/mix';
import { useSession, useValue } from '../../_session';
import { useControl } from '../../_ui';
import { openChannel } from '../channel/channel-tab';
import { openEffect } from '../effects/selected-effect';

const ROW = 'flex h-6 w-full items-center rounded-sm bg-raised text-2xs';

/** A processor's line: its name opens it, its dot switches it. */
export function ProcessorRow({ strip, parameter, name }: { strip: Strip; parameter: string; name: string }) {
  const session = useSession();
  const target: Target = { on: 'strip', id: strip.id, parameter };
  const control = useControl(target);
  if (!control) return null;
  const on = control.value >= 0.5;
  return (
    <span className={ROW}>
      <button
        type="button"
        aria-label={`Open ${strip.name} ${control.row.label}`}
        className={`min-w-0 flex-1 truncate rounded-sm pl-1.5 text-left @max-[60px]:pl-1 @max-[60px]:text-[10px] @max-[60px]:text-clip hover:text-text ${on ? 'text-text' : 'text-quiet'}`}
        onClick={() => openChannel(session, strip.id, 'dynamics')}
      >
        {name}
      </button>
      <button
        type="button"
        aria-pressed={on}
        aria-label={control.label}
        aria-disabled={!control.movable || undefined}
        title={control.row.help}
        className="grid h-full w-6 shrink-0 @max-[60px]:w-4 place-items-center rounded-sm hover:bg-hover"
        onClick={() => control.movable && control.set(on ? 0 : 1)}
      >
        <span className={`size-1.5 rounded-full ${on ? 'bg-accent' : 'bg-line-strong'}`} />
      </button>
    </span>
  );
}

/** The line of one insert: opens it. */
export function InsertRow({ strip, id, name }: { strip: Strip; id: string; name: string }) {
  const session = useSession();
  const on = useValue({ on: 'insert', id, parameter: 'on' }) >= 0.5;
  return (
    <button
      type="button"
      aria-label={`Open ${strip.name} ${name}`}
      className={`${ROW} truncate px-1.5 hover:bg-hover ${on ? 'text-text' : 'text-quiet'}`}
      onClick={() => {
        openEffect(strip.id, id);
        openChannel(session, strip.id, 'effects');
      }}
    >
      <span className="flex-1 truncate text-left">{name}</span>
      <span className={`mr-0.5 size-1.5 rounded-full ${on ? 'bg-accent' : 'bg-line-strong'}`} />
    </button>
  );
}
