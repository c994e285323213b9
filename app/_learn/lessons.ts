import type { FindingKind } from '../../lib/analysis';

export interface Lesson {
  readonly title: string;
  /** What there is to hear. */
  readonly hear: string;
  /** What one does about it, and with which control. */
  readonly move: string;
  /** Where in the channel view that is. */
  readonly where: 'eq' | 'dynamics' | 'effects' | 'sends';
}

/** What each kind of fault teaches. Words for somebody who mixes for the first time. */
export const LESSONS: Readonly<Record<FindingKind, Lesson>> = {
  clipping: {
    title: 'Recorded too hot',
    hear: 'The loudest notes crackle: the recorder ran out of numbers and cut their tops off.',
    move: 'Nothing brings the tops back. Soften what the cut added: high-cut the strip gently, or replace the take.',
    where: 'eq',
  },
  polarity: {
    title: 'Two microphones that work against each other',
    hear: 'Listen to the pair together: the body of the sound is missing, as if it came through a wall. One of them pulls while the other pushes.',
    move: 'Press Ø on one of the two (In, out and sends). The body comes back at once.',
    where: 'sends',
  },
  offset: {
    title: 'Two microphones apart in time',
    hear: 'The same hit arrives twice within milliseconds. Together they sound hollow.',
    move: 'Delay the earlier one by the milliseconds that were measured, until both arrive as one.',
    where: 'sends',
  },
  hum: {
    title: 'Hum from the mains',
    hear: 'Solo the strip and listen where nobody plays: a steady low tone, and its octaves.',
    move: 'Cut the hum’s own frequencies with narrow notches. Narrow, so that the notes beside them stay.',
    where: 'eq',
  },
  noise: {
    title: 'Noise in the pauses',
    hear: 'Solo the strip and listen between the notes: the hiss never stops.',
    move: 'Let the gate close between the notes: its threshold above the hiss and below the softest note.',
    where: 'dynamics',
  },
  mud: {
    title: 'Mud',
    hear: 'Several parts sound thick in the same place, between 200 and 400 Hz, and together they cover everything.',
    move: 'Make a wide cut in the EQ where the finding says. Cut on the parts that do not need it: a pad, a piano.',
    where: 'eq',
  },
  boom: {
    title: 'A note that booms',
    hear: 'Some low notes are much louder than their neighbours: the room or the instrument helps them along.',
    move: 'Cut at that note’s frequency with a bell, narrow enough to leave the other notes alone.',
    where: 'eq',
  },
  resonance: {
    title: 'A ring in the highs',
    hear: 'One frequency whistles over all else and tires the ears.',
    move: 'Sweep a narrow bell until the whistle is at its worst, then turn that bell down.',
    where: 'eq',
  },
  sibilance: {
    title: 'Sharp esses',
    hear: 'Every S jumps out of the voice like a splash.',
    move: 'Put a de-esser on the strip: it turns down only the esses, and only while they sound.',
    where: 'effects',
  },
  uneven: {
    title: 'An uneven take',
    hear: 'Some notes stick out, others vanish; no single fader place is right.',
    move: 'Let the compressor hold the loud notes: lower its threshold until they come down to the soft ones.',
    where: 'dynamics',
  },
  jump: {
    title: 'A moment that jumps out',
    hear: 'Everything is fine until one moment leaps at you.',
    move: 'Draw the fader down just there: open an automation lane under the timeline, and put points around the moment.',
    where: 'eq',
  },
  section: {
    title: 'A lead that sinks',
    hear: 'The lead carries the verse, and goes under when the others come in.',
    move: 'Raise it for that section with an automation lane; the rest of the song stays as it is.',
    where: 'eq',
  },
  balance: {
    title: 'Balance',
    hear: 'Listen to the whole song: which part leads, which carries the rhythm? What should be there and you have to look for is too soft; what you only notice is too loud.',
    move: 'Move the faders. Begin with what carries the song, and set each other part against it.',
    where: 'eq',
  },
  masking: {
    title: 'Parts that cover each other',
    hear: 'Mute one of the two: suddenly the other is clear.',
    move: 'Give each its own place: cut one where the other lives, or pan them apart.',
    where: 'eq',
  },
  dry: {
    title: 'No room around it',
    hear: 'The part stands right before you while all others play in a room.',
    move: 'Send some of it to a reverb. Turn it up until you hear the room, then a little back.',
    where: 'sends',
  },
  mono: {
    title: 'Lost in mono',
    hear: 'Press mono in the monitor: a part nearly disappears. So it does on a phone.',
    move: 'Make it narrower, or turn one side’s polarity, until it stays in mono.',
    where: 'sends',
  },
  headroom: {
    title: 'Peaks that do not fit',
    hear: 'You may not hear it here: between the samples the wave goes higher than a converter can follow.',
    move: 'Switch on the limiter of the master, with its ceiling at the value of your target.',
    where: 'dynamics',
  },
  loudness: {
    title: 'How loud it leaves the house',
    hear: 'Beside other music it is softer, or louder, than where it shall be heard.',
    move: 'Move the master’s fader last of all, by what the measure says.',
    where: 'dynamics',
  },
};
