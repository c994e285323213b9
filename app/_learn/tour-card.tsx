'use client';

import { Check, ChevronLeft, ChevronRight, GraduationCap, Play, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Finding } from '../../lib/analysis';
import type { TourState, TourStep } from '../../lib/client';
import { titleOf } from '../_check';
import { openChannel } from '../_console';
import { useMix, useSession, useStore } from '../_session';
import { Button, IconButton } from '../_shell/button';
import { setPage, usePage } from '../_shell/page-state';
import { LESSONS } from './lessons';

type On = Extract<TourState, { at: 'on' }>;

/** Learning on the song at hand: offered on the demo song, and from the mix check. Stands over the panel; nothing when not wanted. */
export function TourCard() {
  const { tour } = useSession();
  const state = useStore(tour.state);
  const offered = usePage((page) => page.learning);
  if (state.at === 'off') return offered ? <Offer /> : null;
  return (
    <section aria-label="Learn to mix" className="shrink-0 border-line-strong border-b bg-raised" data-testid="tour">
      {state.at === 'listening' && (
        <Head title="Listening to the strips">
          <p role="status" className="text-quiet text-sm tabular-nums">
            {state.needed ? `${state.done} of ${state.needed} measured. Then you are shown what there is to hear.` : 'Waiting for stems.'}
          </p>
        </Head>
      )}
      {state.at === 'nothing' && (
        <Head title="Nothing to mend">
          <p className="text-quiet text-sm">The check finds no fault in this mix. Trust your ears from here.</p>
        </Head>
      )}
      {state.at === 'on' && <Step state={state} />}
    </section>
  );
}

function Offer() {
  const { tour } = useSession();
  return (
    <section aria-label="Learn to mix" className="shrink-0 border-line-strong border-b bg-raised p-3" data-testid="tour">
      <h2 className="flex items-center gap-2 font-semibold">
        <GraduationCap size={16} aria-hidden className="text-accent" /> New to mixing?
      </h2>
      <p className="mt-1 mb-2.5 text-quiet text-sm leading-5">
        This song has faults on purpose. Hear them one after the other, mend each with your own hands, and be told by the measured sound
        when it is done.
      </p>
      <div className="flex gap-1.5">
        <Button look="primary" size="small" onPress={() => tour.begin()}>
          Learn step by step
        </Button>
        <Button look="quiet" size="small" onPress={() => setPage({ learning: false })}>
          Not now
        </Button>
      </div>
    </section>
  );
}

function Head({ title, before, children }: { title: string; before?: React.ReactNode; children: React.ReactNode }) {
  const { tour } = useSession();
  const leave = () => {
    tour.leave();
    setPage({ learning: false });
  };
  return (
    <div className="p-3">
      <div className="flex items-start gap-2">
        <div className="min-w-0 flex-1">
          {before}
          <h2 className="font-semibold leading-5">{title}</h2>
        </div>
        <IconButton label="Leave the lessons" size="small" look="quiet" onPress={leave}>
          <X size={14} />
        </IconButton>
      </div>
      <div className="mt-1">{children}</div>
    </div>
  );
}

function Step({ state }: { state: On }) {
  const { tour } = useSession();
  const { steps, current } = state;
  const step = steps[current];
  if (!step) return null;
  const lesson = LESSONS[step.kind];
  return (
    <Head title={lesson.title} before={<Places steps={steps} current={current} />}>
      {step.done ? (
        <Done state={state} />
      ) : (
        <>
          <p className="text-sm leading-5">{lesson.hear}</p>
          <Found key={step.kind} step={step} />
          <div className="mt-2 flex flex-wrap items-center gap-1.5">
            <Button size="small" onPress={() => tour.play()}>
              <Play size={11} aria-hidden /> Listen
            </Button>
            <BeforeAndNow heard={state.heard} />
            {state.measuring && <span className="text-quiet text-xs">measuring …</span>}
          </div>
          <Way key={`way ${step.kind}`} words={lesson.move} />
        </>
      )}
      <Feet state={state} />
    </Head>
  );
}

/** All steps as dots: done, here, to come. */
function Places({ steps, current }: { steps: readonly TourStep[]; current: number }) {
  const { tour } = useSession();
  return (
    <ol aria-label="Steps" className="mb-1 flex flex-wrap">
      {steps.map(({ kind, done }, place) => (
        <li key={kind}>
          <button
            type="button"
            aria-current={place === current ? 'step' : undefined}
            aria-label={`${place + 1}: ${LESSONS[kind].title}${done ? ', done' : ''}`}
            title={LESSONS[kind].title}
            onClick={() => tour.go(place)}
            className={`grid size-6 place-items-center rounded-full text-[10px] tabular-nums ${place === current ? 'ring-1 ring-accent' : ''} ${done ? 'text-accent' : 'text-quiet hover:text-text'}`}
          >
            {done ? <Check size={12} strokeWidth={3} aria-hidden /> : place + 1}
          </button>
        </li>
      ))}
    </ol>
  );
}

/** What of this kind there is, each with the way to its strip. */
function Found({ step }: { step: TourStep }) {
  const session = useSession();
  const strips = useMix((mix) => mix.strips);
  const show = (finding: Finding) => {
    const [strip] = finding.strips;
    setPage({ phoneTab: 'console' });
    if (strip) openChannel(session, strip, LESSONS[step.kind].where);
  };
  return (
    <ul className="mt-2 max-h-32 space-y-px overflow-y-auto">
      {step.findings.map((finding) => (
        <li key={finding.id}>
          <button
            type="button"
            onClick={() => show(finding)}
            title={finding.measure}
            className="flex w-full items-baseline gap-2 rounded-sm px-1.5 py-1 text-left text-xs outline-offset-[-2px] hover:bg-hover"
          >
            <span className="font-semibold">{strips.get(finding.strips[0] ?? '')?.name ?? 'The mix'}</span>
            <span className="min-w-0 flex-1 truncate text-quiet">{titleOf(finding)}</span>
            <span className="text-accent">Show</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

function BeforeAndNow({ heard }: { heard: On['heard'] }) {
  const { tour } = useSession();
  return (
    <fieldset className="flex">
      <legend className="sr-only">Hear the mix as it was when this step began, or as it is now; only you hear it</legend>
      {(['before', 'now'] as const).map((one) => (
        <Button
          key={one}
          size="small"
          look={heard === one ? 'primary' : 'plain'}
          aria-pressed={heard === one}
          className={one === 'before' ? 'rounded-r-none border-r-0' : 'rounded-l-none'}
          onPress={() => tour.hearBefore(one === 'before')}
        >
          {one === 'before' ? 'Before' : 'Now'}
        </Button>
      ))}
    </fieldset>
  );
}

/** What to do, for who has listened first. */
function Way({ words }: { words: string }) {
  const [open, setOpen] = useState(false);
  return open ? (
    <p className="mt-2 rounded-sm border border-line bg-bg px-2 py-1.5 text-sm leading-5">{words}</p>
  ) : (
    <Button size="small" look="quiet" className="mt-1.5 -ml-2" onPress={() => setOpen(true)}>
      What can I do?
    </Button>
  );
}

function Done({ state }: { state: On }) {
  const left = state.steps.filter(({ done }) => !done).length;
  return (
    <>
      <p role="status" className="flex items-start gap-1.5 text-sm leading-5">
        <Check size={16} aria-hidden className="mt-0.5 shrink-0 text-accent" strokeWidth={3} />
        {left === 0
          ? 'Done, and it was the last: the measured sound has no fault left that we know of.'
          : 'Done: the measured sound has none of it any more. Hear what that did.'}
      </p>
      <div className="mt-2 flex gap-1.5">
        <BeforeAndNow heard={state.heard} />
      </div>
    </>
  );
}

function Feet({ state: { steps, current } }: { state: On }) {
  const { tour } = useSession();
  const left = steps.filter(({ done }) => !done).length;
  return (
    <div className="mt-2 flex items-center gap-1 border-line border-t pt-2">
      <span className="flex-1 text-quiet text-xs tabular-nums">
        {steps.length - left} of {steps.length} done
      </span>
      <IconButton label="Step before" size="small" look="quiet" isDisabled={current === 0} onPress={() => tour.go(current - 1)}>
        <ChevronLeft size={14} />
      </IconButton>
      <IconButton
        label="Next step"
        size="small"
        look="quiet"
        isDisabled={current === steps.length - 1}
        onPress={() => tour.go(current + 1)}
      >
        <ChevronRight size={14} />
      </IconButton>
    </div>
  );
}

/** `#learn` in the address offers the lessons. */
export function useOfferedLessons(): void {
  useEffect(() => {
    if (location.hash !== '#learn') return;
    history.replaceState(history.state, '', location.pathname + location.search);
    setPage({ learning: true });
  }, []);
}
