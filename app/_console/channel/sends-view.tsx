'use client';

import { Trash2 } from 'lucide-react';
import {
  addInsert,
  INSERT_NAMES,
  INSERT_ROWS,
  INSERT_TYPES,
  type Insert,
  removeInsert,
  type Strip,
  sendId,
  type Target,
} from '../../../lib/mix';
import { useMix, useSession, useStore } from '../../_session';
import { Choice, Knob, Toggle } from '../../_ui';
import { stripColor } from '../../palette';
import { sameList, useAuxes } from '../row';
import { useApply } from '../use-apply';
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

function InsertBox({ insert }: { insert: Insert }) {
  const apply = useApply();
  const writable = useStore(useSession().desk.writable);
  const name = INSERT_NAMES[insert.type];
  const target = (parameter: string): Target => ({ on: 'insert', id: insert.id, parameter });
  const rows = INSERT_ROWS[insert.type].filter((row) => row.id !== 'on');
  return (
    <section className={BOX} aria-label={name}>
      <div className="flex items-center gap-2">
        <Toggle target={target('on')} className="!w-16">
          {name}
        </Toggle>
        {rows
          .filter((row) => row.law === 'switch')
          .map((row) => (
            <Toggle key={row.id} target={target(row.id)} className="!px-2">
              {row.label}
            </Toggle>
          ))}
        {rows
          .filter((row) => row.law === 'choice')
          .map((row) => (
            <Choice key={row.id} target={target(row.id)} />
          ))}
        <span className="flex-1" />
        {writable && (
          <button
            type="button"
            aria-label={`Remove ${name}`}
            title={`Remove ${name}`}
            className="grid size-6 place-items-center rounded-sm text-quiet hover:bg-hover hover:text-record"
            onClick={() => apply(removeInsert(insert.id))}
          >
            <Trash2 size={13} />
          </button>
        )}
      </div>
      <div className="flex">
        {rows
          .filter((row) => row.law !== 'switch' && row.law !== 'choice')
          .map((row) => (
            <Knob key={row.id} target={target(row.id)} />
          ))}
      </div>
    </section>
  );
}

function AddInsert({ strip }: { strip: Strip }) {
  const { desk } = useSession();
  const apply = useApply();
  if (!useStore(desk.writable)) return null;
  return (
    <div className="flex shrink-0 flex-col justify-center gap-2">
      {INSERT_TYPES.map((type) => (
        <button
          key={type}
          type="button"
          className="h-8 rounded-md border border-line border-dashed px-3 text-quiet text-xs hover:border-line-strong hover:text-text"
          onClick={() => apply(addInsert(desk.mix.get(), strip.id, type))}
        >
          + {INSERT_NAMES[type]}
        </button>
      ))}
    </div>
  );
}

/** Everything of the strip that is neither EQ nor dynamics: its input and output, its sends, its inserts. */
export function SendsView({ strip }: { strip: Strip }) {
  const auxes = useAuxes();
  const inserts = useMix((mix) => [...mix.inserts.values()].filter((insert) => insert.strip === strip.id), sameList);
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
      {inserts.map((insert) => (
        <InsertBox key={insert.id} insert={insert} />
      ))}
      <AddInsert strip={strip} />
    </div>
  );
}
