'use client';

import { memo } from 'react';
import { INSERT_NAMES, type Insert, type Strip, sendId } from '../../../lib/mix';
import { useMix, usePart, useSession } from '../../_session';
import { ValueRow } from '../../_ui';
import { stripColor } from '../../palette';
import { openChannel } from '../channel/channel-tab';
import type { Density } from '../density';
import { sameList } from '../row';
import { STRIP_WIDTHS, type StripWidth } from '../strip-width';
import { AutomationMode } from './automation-mode';
import { EqThumbnail } from './eq-thumbnail';
import { LevelReadout, LevelSection, MuteButton, SoloButton } from './level-section';
import { InsertRow, ProcessorRow } from './processor-rows';
import { StripFrame } from './strip-frame';
import { StripName } from './strip-name';
import { StripPan } from './strip-pan';

const NO_INSERTS: readonly Insert[] = [];

function useInserts(strip: Strip): readonly Insert[] {
  return useMix((mix) => {
    const found = [...mix.inserts.values()].filter((insert) => insert.strip === strip.id);
    return found.length > 0 ? found : NO_INSERTS;
  }, sameList);
}

/** Two lines for inserts; more of them are told by number. */
function Inserts({ strip }: { strip: Strip }) {
  const session = useSession();
  const inserts = useInserts(strip);
  const [first, ...more] = inserts;
  if (first && more.length === 0) return <InsertRow strip={strip} id={first.id} name={INSERT_NAMES[first.type]} />;
  return (
    <button
      type="button"
      aria-label={first ? `Open the ${inserts.length} effects of ${strip.name}` : `Add an effect to ${strip.name}`}
      className="h-6 w-full truncate rounded-sm bg-raised px-1.5 text-left text-2xs text-quiet hover:bg-hover hover:text-text"
      onClick={() => openChannel(session, strip.id, 'effects')}
    >
      {first ? `${inserts.length} effects` : '+'}
    </button>
  );
}

function Sends({ strip, auxes }: { strip: Strip; auxes: readonly Strip[] }) {
  return auxes.map((aux) =>
    aux.id === strip.id || strip.kind === 'aux' ? (
      <span key={aux.id} className="h-6" />
    ) : (
      <ValueRow
        key={aux.id}
        target={{ on: 'send', id: sendId(strip.id, aux.id), parameter: 'level' }}
        name={aux.name}
        color={stripColor(aux.color)}
      />
    ),
  );
}

const METERS: Readonly<Record<StripWidth, string>> = {
  narrow: 'right-0 w-[18px]',
  regular: 'right-0.5 w-[22px]',
  wide: 'right-3 w-[30px]',
};

interface StripProps {
  readonly strip: Strip;
  readonly auxes: readonly Strip[];
  readonly density: Density;
  readonly width: StripWidth;
}

/** One strip of the console. Every section has one height, so that all faders and meters stand level. */
export const ConsoleStrip = memo(function ConsoleStrip({ strip, auxes, density, width }: StripProps) {
  const session = useSession();
  const selected = usePart(session.selected, (id) => id === strip.id);
  const color = stripColor(strip.color);
  return (
    <StripFrame strip={strip} color={color} width={STRIP_WIDTHS[width]} selected={selected}>
      {density.curve && (
        <button
          type="button"
          aria-label={`Open ${strip.name} EQ`}
          className="mx-1 mt-1 h-11 shrink-0 rounded-sm"
          onClick={() => openChannel(session, strip.id, 'eq')}
        >
          <EqThumbnail strip={strip} color={color} />
        </button>
      )}
      {density.processors && (
        <div className="mx-1 mt-1 flex shrink-0 flex-col gap-px">
          <ProcessorRow strip={strip} parameter="gate.on" name="Gate" />
          <ProcessorRow strip={strip} parameter="comp.on" name="Comp" />
          <Inserts strip={strip} />
        </div>
      )}
      {density.sends && (
        <div className="mx-1 mt-px flex shrink-0 flex-col gap-px">
          <Sends strip={strip} auxes={auxes} />
        </div>
      )}
      <div className="mt-1 flex shrink-0 justify-center">
        <StripPan strip={strip} color={color} />
      </div>
      <div className="mx-1 mt-1 mb-1 grid shrink-0 grid-cols-2 gap-1">
        <MuteButton strip={strip} />
        <SoloButton strip={strip} />
      </div>
      <AutomationMode strip={strip} />
      <LevelSection strip={strip} color={color} size={width === 'narrow' ? 'narrow' : 'strip'} meter={METERS[width]} />
      <LevelReadout strip={strip} />
      <StripName strip={strip} color={color} selected={selected} onSelect={() => session.select(strip.id)} />
    </StripFrame>
  );
});
