'use client';

import { Dialog } from './dialog';

const KEYS = [
  {
    title: 'Playing',
    rows: [
      ['Space', 'play, stop'],
      ['← →', 'one second back, on (Shift: a bar)'],
      ['Home', 'to the start'],
      ['L', 'loop this section, or no loop'],
      ['+ −', 'zoom the timeline'],
      ['0', 'the whole song'],
    ],
  },
  {
    title: 'Mixing',
    rows: [
      ['M', 'mute the selected strip, for all'],
      ['S', 'solo it, for you alone (Shift: only this one)'],
      ['E  D', 'its EQ, its dynamics'],
      ['Esc', 'close its channel view'],
      ['W', 'narrower or wider strips, for you alone'],
      ['Alt ← →', 'on a strip’s name: move the strip'],
      ['Z', 'take back your last change'],
      ['Shift Z', 'do it again'],
    ],
  },
  {
    title: 'Comparing, for you alone',
    rows: [
      ['1 – 9', 'hear a version; again: the mix'],
      ['X', 'to and fro between the last two'],
      ['N', 'try something new: my draft'],
      ['R', 'the reference in place of the mix; again: the mix'],
    ],
  },
  {
    title: 'Talking',
    rows: [
      ['T', 'talk while you hold it; a tap keeps it on, the next ends it'],
      ['C', 'comment at the playhead, or on the loop; on the control that has the focus'],
      ['@', 'in a comment: call somebody'],
      ['right-click', 'on a control or strip: comment on it (touch: hold it)'],
      ['Ctrl ↵', 'send the comment'],
      ['K', 'set a marker at the playhead'],
      ['?', 'this list'],
    ],
  },
  {
    title: 'On a fader or knob',
    rows: [
      ['↑ ↓', 'a small step (Page keys: a large one)'],
      ['Shift', 'finer, while dragging'],
      ['Enter', 'type a value: −6, 1.2k, L30'],
      ['double-click', 'back to where it rests'],
    ],
  },
  {
    title: 'On an automation lane',
    rows: [
      ['click', 'add a point; drag it, or the line between two'],
      ['Alt + click', 'take a point away'],
      ['Page ↑ ↓', 'choose a point; arrows move it (Shift: further)'],
      ['Enter', 'add a point at the playhead'],
      ['B', 'straight, bent or stepped after the chosen point'],
      ['Delete', 'take the chosen points away'],
    ],
  },
  {
    title: 'With the mouse on the timeline',
    rows: [
      ['click, drag', 'move the playhead'],
      ['Shift + drag', 'make a loop (on the ruler without Shift)'],
      ['Ctrl + wheel', 'zoom at the pointer; two fingers do as well'],
      ['double-click', 'set a marker; on a name: rename it'],
      ['drag a name', 'move a marker or section (Alt ← → by keys)'],
    ],
  },
] as const;

/** Every key, in one place. */
export function ShortcutsDialog({ isOpen, onClose }: { isOpen: boolean; onClose(): void }) {
  return (
    <Dialog title="Keys and help" isOpen={isOpen} onClose={onClose} width="wide">
      <div className="gap-8 sm:columns-2">
        {KEYS.map(({ title, rows }) => (
          <section key={title} className="mb-5 break-inside-avoid">
            <h3 className="mb-1.5 font-semibold text-sm">{title}</h3>
            <dl className="grid grid-cols-[6.5rem_1fr] gap-y-1.5 text-sm">
              {rows.map(([keys, what]) => (
                <div key={keys} className="contents">
                  <dt>
                    <kbd className="rounded-sm border border-line-strong bg-bg px-1.5 py-0.5 font-sans text-xs">{keys}</kbd>
                  </dt>
                  <dd className="text-quiet">{what}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
