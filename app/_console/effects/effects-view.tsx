'use client';

import type { ReactNode } from 'react';
import { INSERT_NAMES, INSERT_ROWS, type Insert, type InsertType, insertsOf, STRIP_ROWS, type Strip, type Target } from '../../../lib/mix';
import { useMix, useStore } from '../../_session';
import { Toggle } from '../../_ui';
import { ResetButton } from '../channel/reset-button';
import { ListenToKey } from '../dynamics/listen-to-key';
import { sameList } from '../row';
import { onStrip } from '../strip/level-section';
import { AddEffect } from './add-effect';
import { EffectChain } from './effect-chain';
import { ParameterGroups } from './parameter-groups';
import { PICTURES, SaturationPicture } from './pictures';
import { PresetMenu } from './preset-menu';
import { openEffects, SATURATION } from './selected-effect';

const SATURATION_ROWS = STRIP_ROWS.filter((row) => row.id.startsWith('sat.') && row.id !== 'sat.on');

/** Effects that listen to something, which can be heard alone. */
const LISTENING: readonly InsertType[] = ['compressor', 'gate', 'deesser'];

interface PanelProps {
  readonly strip: Strip;
  readonly name: string;
  readonly on: Target;
  readonly menu: ReactNode;
  readonly picture: ReactNode;
  /** A picture to work in needs room. */
  readonly tall?: boolean;
  readonly children: ReactNode;
}

/** One processor: its switch and name, what it does to the sound as a picture, every value as a control. */
function Panel({ strip, name, on, menu, picture, tall = false, children }: PanelProps) {
  return (
    <section aria-label={`${strip.name} ${name}`} className="flex min-w-0 flex-1 flex-col gap-2 desk:min-h-0 desk:overflow-y-auto">
      <header className="flex shrink-0 flex-wrap items-center gap-2">
        <Toggle target={on} className="!h-7 !px-3">
          {name}
        </Toggle>
        {menu}
      </header>
      <div className={`${tall ? 'h-48 desk:min-h-44' : 'h-28 desk:min-h-24'} shrink-0 desk:h-auto desk:flex-1`}>{picture}</div>
      {children}
    </section>
  );
}

function InsertPanel({ strip, insert }: { strip: Strip; insert: Insert }) {
  const target = (parameter: string): Target => ({ on: 'insert', id: insert.id, parameter });
  const Picture = PICTURES[insert.type];
  return (
    <Panel
      strip={strip}
      name={INSERT_NAMES[insert.type]}
      on={target('on')}
      menu={
        <>
          <PresetMenu of={{ on: 'insert', id: insert.id }} name={`${strip.name} ${INSERT_NAMES[insert.type]}`} />
          {LISTENING.includes(insert.type) && (
            <ListenToKey of={{ on: 'insert', id: insert.id }} name={`${strip.name} ${INSERT_NAMES[insert.type]}`} />
          )}
        </>
      }
      picture={<Picture insert={insert} />}
      tall={insert.type === 'eq'}
    >
      <ParameterGroups rows={INSERT_ROWS[insert.type].filter((row) => row.id !== 'on')} target={target} />
    </Panel>
  );
}

function SaturationPanel({ strip }: { strip: Strip }) {
  return (
    <Panel
      strip={strip}
      name="Saturation"
      on={onStrip(strip, 'sat.on')}
      menu={
        <>
          <PresetMenu of={{ on: 'strip', id: strip.id, processor: 'sat' }} name={`${strip.name} saturation`} />
          <ResetButton strip={strip} processor="sat" name="the saturation" />
        </>
      }
      picture={<SaturationPicture strip={strip} />}
    >
      <ParameterGroups rows={SATURATION_ROWS} target={(parameter) => onStrip(strip, parameter)} />
    </Panel>
  );
}

/** A strip's saturation and effects: the chain at the left, the one that is open beside it; on a phone below it. */
export function EffectsView({ strip }: { strip: Strip }) {
  const chain = useMix((mix) => insertsOf(mix, strip.id), sameList);
  const open = useStore(openEffects).get(strip.id);
  const insert = open === SATURATION ? undefined : (chain.find(({ id }) => id === open) ?? chain[0]);
  return (
    <div className="flex h-full min-h-0 flex-col gap-3 overflow-y-auto px-3 pb-2 desk:flex-row desk:overflow-hidden">
      <EffectChain strip={strip} selected={insert?.id ?? SATURATION}>
        <AddEffect strip={strip} />
      </EffectChain>
      {insert ? <InsertPanel key={insert.id} strip={strip} insert={insert} /> : <SaturationPanel strip={strip} />}
    </div>
  );
}
