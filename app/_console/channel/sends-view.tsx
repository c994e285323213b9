'use client';

import { type Strip, sendId, type Target } from '../../../lib/mix';
import { Knob, Toggle } from '../../_ui';
import { stripColor } from '../../palette';
import { useAuxes } from '../row';
import { BOX, TITLE } from './box';
import { InputAndOutput } from './in-and-out';

function SendBox({ strip, aux }: { strip: Strip; aux: Strip }) {
  const target = (parameter: string): Target => ({ on: 'send', id: sendId(strip.id, aux.id), parameter });
  return (
    <div className="flex w-16 flex-col items-center gap-1">
      <span className="w-full truncate text-center font-semibold text-xs" style={{ color: stripColor(aux.color) }}>
        {aux.name}
      </span>
      <Knob target={target('level')} color={stripColor(aux.color)} />
      <Toggle target={target('pre')} className="!w-12">
        Pre
      </Toggle>
    </div>
  );
}

/** Where the strip's sound comes from and goes to: its input and output, its sends. */
export function SendsView({ strip }: { strip: Strip }) {
  const auxes = useAuxes();
  const sends = strip.kind === 'stem' || strip.kind === 'group';
  return (
    <div className="flex h-full min-h-0 items-start gap-3 overflow-auto px-3 pb-2">
      <InputAndOutput strip={strip} />
      {sends && (
        <section className={BOX} aria-label={`${strip.name} sends`}>
          <h3 className={TITLE}>Sends</h3>
          <div className="flex gap-2">
            {auxes.map((aux) => (
              <SendBox key={aux.id} strip={strip} aux={aux} />
            ))}
            {auxes.length === 0 && <p className="w-40 text-quiet text-xs">There are no effect returns to send to.</p>}
          </div>
        </section>
      )}
    </div>
  );
}
