'use client';

import { useEffect } from 'react';
import { Slider, SliderOutput, SliderThumb, SliderTrack } from 'react-aria-components';
import { useSession, useStore } from '../_session';
import { Choose } from '../_shell/field';

const DEEPEST = -40;
const USUAL = -12;

/** Which microphone, and by how much the music gives way while somebody speaks: both are this browser's own. */
export function TalkSettings() {
  const { voices } = useSession();
  const microphones = useStore(voices.microphones);
  const microphone = useStore(voices.microphone);
  const dip = useStore(voices.dip);
  useEffect(() => void voices.refresh(), [voices]);
  const gone = microphones.some(({ id }) => id === microphone) ? [] : [{ value: microphone, label: 'A microphone that is not here now' }];
  return (
    <>
      <p className="text-quiet text-xs">Hold the button or T to talk to all who are here. A tap keeps it on; the next one ends it.</p>
      <Choose
        label="Microphone"
        value={microphone}
        choices={[...microphones.map(({ id, name }) => ({ value: id, label: name })), ...gone]}
        onChange={(id) => voices.choose(id)}
        className="w-full"
      />
      <Slider
        aria-label="Music while somebody talks"
        minValue={DEEPEST}
        maxValue={0}
        step={1}
        value={dip}
        onChange={(value) => voices.setDip(value)}
        onDoubleClick={() => voices.setDip(USUAL)}
      >
        <div className="flex justify-between text-sm">
          <span>Music while somebody talks</span>
          <SliderOutput>{dip === 0 ? 'as it is' : `−${-dip} dB`}</SliderOutput>
        </div>
        <SliderTrack className="relative mt-2 h-5 w-full before:absolute before:top-2 before:h-1 before:w-full before:rounded-full before:bg-hover">
          <SliderThumb className="top-1/2 size-4 rounded-full border-2 border-bg bg-accent data-[focus-visible]:outline-2 data-[focus-visible]:outline-accent" />
        </SliderTrack>
      </Slider>
      <p className="text-quiet text-xs">
        For your ears alone; the mix and its mixdown stay as they are. With headphones nobody hears the song twice.
      </p>
    </>
  );
}
