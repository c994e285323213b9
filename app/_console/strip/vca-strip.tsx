'use client';

import { memo } from 'react';
import { formatShort, type Strip, stripRow, vcaMembers } from '../../../lib/mix';
import { useMix, usePart, useSession, useValue } from '../../_session';
import { Fader } from '../../_ui';
import { stripColor } from '../../palette';
import type { Density } from '../density';
import { sameList } from '../row';
import { STRIP_WIDTHS, type StripWidth } from '../strip-width';
import { AutomationMode } from './automation-mode';
import { MuteButton, onStrip, SoloButton } from './level-section';
import { StripFrame } from './strip-frame';
import { StripName } from './strip-name';

/** Pixels below which there is room for no name. */
const ROOM_FOR_NAMES = 40;

/** The strips that follow a VCA. */
export function useMembers(vca: Strip): readonly Strip[] {
  return useMix((mix) => vcaMembers(mix, vca.id).flatMap((id) => mix.strips.get(id) ?? []), sameList);
}

function Level({ strip }: { strip: Strip }) {
  const value = useValue(onStrip(strip, 'fader'));
  const row = stripRow('fader');
  return <div className="flex h-5 shrink-0 items-center px-1.5 font-semibold text-2xs">{row ? formatShort(row, value) : ''}</div>;
}

interface VcaProps {
  readonly strip: Strip;
  readonly sendLines: number;
  readonly density: Density;
  readonly width: StripWidth;
}

/** A VCA: whom it moves, mute and solo for all of them, and a fader; no sound of its own, so no meter. */
export const VcaStrip = memo(function VcaStrip({ strip, sendLines, density, width }: VcaProps) {
  const session = useSession();
  const selected = usePart(session.selected, (id) => id === strip.id);
  const color = stripColor(strip.color);
  const members = useMembers(strip);
  // As tall as the sections of the strips beside it, so that all faders stand level.
  const height = (density.curve ? 48 : 0) + (density.processors ? 78 : 0) + (density.sends ? sendLines * 25 : 0) + 28;
  return (
    <StripFrame strip={strip} color={color} width={STRIP_WIDTHS[width]} selected={selected}>
      <div className="shrink-0 overflow-hidden px-1.5 pt-1 text-2xs text-quiet" style={{ height }}>
        <p className="font-semibold text-text">VCA</p>
        {height < ROOM_FOR_NAMES ? null : members.length === 0 ? (
          <p>Nobody follows yet</p>
        ) : (
          <ul aria-label={`Members of ${strip.name}`}>
            {members.map(({ id, name }) => (
              <li key={id} className="truncate">
                {name}
              </li>
            ))}
          </ul>
        )}
      </div>
      <div className="mx-1 mt-1 mb-1 grid shrink-0 grid-cols-2 gap-1">
        <MuteButton strip={strip} />
        <SoloButton strip={strip} />
      </div>
      <AutomationMode strip={strip} />
      <div className="relative mx-1 min-h-24 flex-1">
        <div className={`absolute inset-y-0 left-0 ${width === 'narrow' ? 'w-[28px]' : 'w-[50px]'}`}>
          <Fader target={onStrip(strip, 'fader')} color={color} size={width === 'narrow' ? 'narrow' : 'strip'} />
        </div>
      </div>
      <Level strip={strip} />
      <StripName strip={strip} color={color} selected={selected} onSelect={() => session.select(strip.id)} />
    </StripFrame>
  );
});
