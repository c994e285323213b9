'use client';

import type { Strip } from '../../../lib/mix';
import { usePart, useSession, useStore } from '../../_session';
import { Knob, LatchButton, ValueRow } from '../../_ui';
import { openChannel } from '../channel/channel-tab';
import type { Density } from '../density';
import { AutomationMode } from './automation-mode';
import { EqThumbnail } from './eq-thumbnail';
import { LevelReadout, LevelSection, MuteButton, onStrip } from './level-section';
import { ProcessorRow } from './processor-rows';
import { StripFrame } from './strip-frame';
import { StripName } from './strip-name';

const COLOR = 'var(--color-text)';

/** Takes every solo back; mine alone. */
function SoloClear() {
  const { monitor } = useSession().engine;
  const any = useStore(monitor.soloed).size > 0;
  return (
    <LatchButton
      on={any}
      tone="solo"
      label="Clear all solos"
      help="Takes back every solo of yours."
      disabled={!any}
      onPress={() => monitor.clearSolo()}
    >
      S ×
    </LatchButton>
  );
}

/** The master, pinned at the right: bus compressor, limiter, and the level that leaves the desk. */
export function MasterStrip({ strip, sendLines, density }: { strip: Strip; sendLines: number; density: Density }) {
  const session = useSession();
  const selected = usePart(session.selected, (id) => id === strip.id);
  return (
    <StripFrame strip={strip} color={COLOR} width={128} selected={selected}>
      {density.curve && (
        <button
          type="button"
          aria-label={`Open ${strip.name} EQ`}
          className="mx-1 mt-1 h-11 shrink-0 rounded-sm"
          onClick={() => openChannel(session, strip.id, 'eq')}
        >
          <EqThumbnail strip={strip} color="#e7eaf0" />
        </button>
      )}
      {density.processors && (
        <div className="mx-1 mt-1 flex shrink-0 flex-col gap-px">
          <ProcessorRow strip={strip} parameter="gate.on" name="Gate" />
          <ProcessorRow strip={strip} parameter="comp.on" name="Bus comp" />
          <ProcessorRow strip={strip} parameter="limiter.on" name="Limiter" />
        </div>
      )}
      {density.sends && (
        <div className="mx-1 mt-px flex shrink-0 flex-col gap-px overflow-hidden" style={{ height: sendLines * 25 - 1 }}>
          {sendLines > 0 && <ValueRow target={onStrip(strip, 'limiter.ceiling')} name="Ceiling" />}
          {sendLines > 1 && <ValueRow target={onStrip(strip, 'limiter.gain')} name="Gain" />}
        </div>
      )}
      <div className="mt-1 flex shrink-0 justify-center">
        <Knob target={onStrip(strip, 'pan')} look="row" color={COLOR} />
      </div>
      <div className="mx-1 mt-1 mb-1 grid shrink-0 grid-cols-2 gap-1">
        <MuteButton strip={strip} />
        <SoloClear />
      </div>
      <AutomationMode strip={strip} />
      <LevelSection strip={strip} color={COLOR} meter="right-2 w-11" />
      <LevelReadout strip={strip} />
      <StripName strip={strip} color={COLOR} selected={selected} onSelect={() => session.select(strip.id)} />
    </StripFrame>
  );
}
