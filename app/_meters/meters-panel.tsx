'use client';

import { type ReactNode, useEffect, useState } from 'react';
import { MASTER, type StripId } from '../../lib/mix';
import { useMix, useSession } from '../_session';
import { LoudnessGraph } from './loudness-graph';
import { SpectrumPicture } from './spectrum-picture';
import { StereoPicture } from './stereo-picture';
import { StripChoice } from './strip-choice';
import { StripNumbers } from './strip-numbers';

/** A part of the panel that folds; what is folded away is not measured. */
function Fold({ name, children }: { name: string; children: ReactNode }) {
  const [open, setOpen] = useState(true);
  return (
    <section className="border-line border-b px-3 py-2">
      <h3 className="text-sm">
        <button
          type="button"
          aria-expanded={open}
          className="w-full rounded-sm text-left font-semibold hover:text-accent"
          onClick={() => setOpen(!open)}
        >
          <span aria-hidden="true" className="mr-1.5 inline-block w-3 text-quiet">
            {open ? '▾' : '▸'}
          </span>
          {name}
        </button>
      </h3>
      {open && <div className="mt-2 flex flex-col gap-1.5">{children}</div>}
    </section>
  );
}

/** What the ears should have confirmed: loudness of the mix, and picture, spectrum and levels of it or of one strip. */
export function MetersPanel() {
  const { meters } = useSession().engine;
  const [chosen, setChosen] = useState<StripId>(MASTER);
  const there = useMix((mix) => mix.strips.has(chosen));
  const strip = there ? chosen : MASTER;
  useEffect(() => meters.weigh(), [meters]);
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <Fold name="Loudness of the mix">
        <LoudnessGraph />
      </Fold>
      <div className="border-line border-b px-3 py-2">
        <StripChoice label="What the meters below show" value={strip} onChoose={(id) => setChosen(id ?? MASTER)} />
      </div>
      <Fold name="Spectrum">
        <SpectrumPicture key={strip} strip={strip} />
      </Fold>
      <Fold name="Stereo">
        <StereoPicture strip={strip} />
      </Fold>
      <Fold name="Levels">
        <StripNumbers strip={strip} />
      </Fold>
    </div>
  );
}
