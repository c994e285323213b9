'use client';

import { Headphones } from 'lucide-react';
import {
  Button as AriaButton,
  Dialog,
  DialogTrigger,
  Popover,
  Slider,
  SliderOutput,
  SliderThumb,
  SliderTrack,
} from 'react-aria-components';
import { useSession, useStore } from '../_session';
import { IconToggle } from './button';
import { level } from './words';

const QUIETEST = -60;

/** My own listening: level, dim, mono. Nobody else hears a difference, nor does a mixdown. */
export function Monitor() {
  const { monitor } = useSession().engine;
  const decibels = useStore(monitor.level);
  const dim = useStore(monitor.dim);
  const mono = useStore(monitor.mono);
  const altered = dim || mono || decibels < 0;
  return (
    <DialogTrigger>
      <AriaButton
        aria-label="My listening level"
        className={`inline-flex h-8 items-center gap-1.5 rounded-md border px-2.5 text-sm transition-colors data-[hovered]:bg-hover ${altered ? 'border-solo/60 text-solo' : 'border-line bg-raised text-text'}`}
      >
        <Headphones size={14} />
        <span className="hidden xl:inline">{`${level(decibels)} dB`}</span>
        {dim && <span>dim</span>}
        {mono && <span>mono</span>}
      </AriaButton>
      <Popover placement="bottom end" className="z-30 w-72 rounded-lg border border-line-strong bg-surface p-4 shadow-2xl">
        <Dialog aria-label="My listening" className="flex flex-col gap-3 outline-none">
          <p className="text-quiet text-xs">Only you hear these; the mix and the others stay as they are.</p>
          <Slider
            aria-label="Level"
            minValue={QUIETEST}
            maxValue={0}
            step={0.5}
            value={decibels}
            onChange={(value) => monitor.setLevel(value)}
          >
            <div className="flex justify-between text-sm">
              <span>Level</span>
              <SliderOutput>{`${level(decibels)} dB`}</SliderOutput>
            </div>
            <SliderTrack className="relative mt-2 h-5 w-full before:absolute before:top-2 before:h-1 before:w-full before:rounded-full before:bg-hover">
              <SliderThumb className="top-1/2 size-4 rounded-full border-2 border-bg bg-accent data-[focus-visible]:outline-2 data-[focus-visible]:outline-accent" />
            </SliderTrack>
          </Slider>
          <div className="flex gap-2">
            <IconToggle label="Dim by 20 dB" on={dim} onChange={(on) => monitor.setDim(on)} className="flex-1">
              Dim
            </IconToggle>
            <IconToggle label="Hear both sides as one" on={mono} onChange={(on) => monitor.setMono(on)} className="flex-1">
              Mono
            </IconToggle>
          </div>
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
