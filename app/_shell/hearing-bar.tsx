'use client';

import { Equal, GitCompareArrows, X } from 'lucide-react';
import { useState } from 'react';
import { Radio, RadioGroup } from 'react-aria-components';
import { may } from '../../lib/access';
import { DRAFT, type Match, MIX } from '../../lib/client';
import type { BlindLetter, OwnBlindTest } from '../../lib/protocol';
import { useSession, useStore } from '../_session';
import { Button, IconButton, IconToggle } from './button';
import { Confirm } from './dialog';
import { hear } from './hearing';
import { setPage } from './page-state';
import { attempt, tell } from './toasts';
import { count } from './words';

/** What this page alone hears in place of the mix: versions beside it, my draft, a blind test. Nothing while there is only the mix. */
export function HearingBar() {
  return (
    <>
      <ReferenceHeard />
      <Compared />
    </>
  );
}

/** A finished song is heard in place of everything here. */
function ReferenceHeard() {
  const { references } = useSession();
  const heard = useStore(references.heard);
  const late = useStore(references.late);
  const reference = useStore(references.list).find(({ id }) => id === heard);
  if (!reference) return null;
  return (
    <Row apart>
      <span className="min-w-0 truncate">
        You hear <strong className="font-semibold">{reference.name}</strong> in place of the mix
        {late ? '; it is on its way' : ''}.
      </span>
      <span className="text-quiet text-xs">Only you hear this.</span>
      <span className="flex-1" />
      <Button size="small" look="primary" onPress={() => references.hear(null)}>
        Back to the mix
      </Button>
    </Row>
  );
}

function Compared() {
  const { audition, draft, blindTests } = useSession();
  const others = useStore(audition.others);
  const changes = useStore(draft.changes);
  const heard = useStore(audition.heard);
  const joined = useStore(blindTests.joined);
  const test = useStore(blindTests.list).find(({ id }) => id === joined);
  const running = useStore(blindTests.list).find(({ result }) => result === null);
  if (test) return <Row apart>{<BlindChoice test={test} />}</Row>;
  if (others.length === 0 && changes === null) return running ? <Row>{<Invitation test={running} />}</Row> : null;
  return (
    <Row apart={heard !== MIX}>
      <Choice />
      <MatchState />
      {heard === DRAFT && <DraftActions changes={changes ?? 0} />}
      {heard !== DRAFT && heard !== MIX && (
        <span className="truncate text-quiet text-xs">Only you hear this. Go back to the mix to change something.</span>
      )}
      <span className="flex-1" />
      {others.length > 0 && (
        <>
          <Button size="small" onPress={() => setPage({ panel: 'versions', phoneTab: 'versions', comparing: true })}>
            <GitCompareArrows size={13} /> What differs
          </Button>
          <IconButton label="End the comparison" size="small" look="quiet" onPress={() => audition.compare([])}>
            <X size={14} />
          </IconButton>
        </>
      )}
      {running && <Invitation test={running} short />}
    </Row>
  );
}

function Row({ apart = false, children }: { apart?: boolean; children: React.ReactNode }) {
  return (
    <section
      aria-label="What you hear"
      className={`flex min-h-9 shrink-0 flex-wrap items-center gap-x-2.5 gap-y-1 border-b px-3 py-1 text-sm ${
        apart ? 'border-accent bg-accent/10 shadow-[inset_3px_0_var(--color-accent)]' : 'border-line bg-surface'
      }`}
    >
      {children}
    </section>
  );
}

const OPTION =
  'flex h-7 max-w-48 cursor-pointer items-center gap-1.5 rounded-sm px-2.5 text-sm data-[selected]:bg-accent data-[selected]:font-semibold data-[selected]:text-on-accent data-[hovered]:bg-hover data-[selected]:data-[hovered]:bg-accent';

function Choice() {
  const session = useSession();
  const others = useStore(session.audition.others);
  const heard = useStore(session.audition.heard);
  const changes = useStore(session.draft.changes);
  return (
    <RadioGroup aria-label="Hear" orientation="horizontal" value={heard} onChange={(id) => hear(session, id)}>
      <span className="flex gap-0.5 rounded-md border border-line bg-bg p-0.5">
        <Radio value={MIX} className={OPTION}>
          Mix
        </Radio>
        {others.map(({ id, name }, at) => (
          <Radio key={id} value={id} className={OPTION}>
            <span aria-hidden="true" className="font-semibold">
              {'ABCD'[at]}
            </span>
            <span className="truncate">{name}</span>
          </Radio>
        ))}
        {changes !== null && (
          <Radio value={DRAFT} className={OPTION}>
            My draft
          </Radio>
        )}
      </span>
    </RadioGroup>
  );
}

function matchWords(match: Match, heard: string): string {
  if (match.state === 'measuring') return `measuring ${Math.round(match.done * 100)} %`;
  if (match.state === 'failed') return 'not matched';
  if (match.state === 'off') return '';
  const gain = match.gains.get(heard) ?? 0;
  return gain === 0 ? 'as it is' : `${gain.toFixed(1).replace('-', '−')} dB`;
}

/** Whether all that is compared is equally loud, and what that does to what is heard. */
function MatchState() {
  const { audition } = useSession();
  const matched = useStore(audition.matched);
  const match = useStore(audition.match);
  const heard = useStore(audition.heard);
  return (
    <span className="flex items-center gap-1.5 text-quiet text-xs">
      <IconToggle
        label="Bring all to the same loudness, so that louder does not win"
        on={matched}
        onChange={(on) => audition.setMatched(on)}
        className="!h-7 !min-w-7 gap-1 !px-2 text-xs"
      >
        <Equal size={13} /> Equally loud
      </IconToggle>
      <span role="status" className="w-24 tabular-nums" title={match.state === 'failed' ? match.why : undefined}>
        {matchWords(match, heard)}
      </span>
    </span>
  );
}

function DraftActions({ changes }: { changes: number }) {
  const session = useSession();
  const publishes = may(useStore(session.role), 'mix.write');
  const [asking, setAsking] = useState(false);
  const publish = () => {
    const done = session.draft.publish();
    if (done.ok) tell({ level: 'info', text: 'Your draft is the mix now, for everybody. Undo takes all of it back at once.' });
    else tell({ level: 'warning', text: done.error });
  };
  return (
    <>
      <span className="text-quiet text-xs">
        Only you hear this{changes > 0 ? `: ${count(changes, 'change', 'changes')} over the mix` : '. Everything you move now stays here'}
      </span>
      {publishes && (
        <Button size="small" look="primary" isDisabled={changes === 0} onPress={publish}>
          Publish
        </Button>
      )}
      <Button size="small" onPress={() => (changes === 0 ? session.draft.throwAway() : setAsking(true))}>
        Throw away
      </Button>
      <Confirm
        title="Throw your draft away?"
        isOpen={asking}
        action="Throw away"
        onClose={() => setAsking(false)}
        onConfirm={() => session.draft.throwAway()}
      >
        {count(changes, 'change', 'changes')} that only you have heard will be gone. The mix stays as it is.
      </Confirm>
    </>
  );
}

function Invitation({ test, short = false }: { test: OwnBlindTest; short?: boolean }) {
  const session = useSession();
  const mine = test.by.id === session.me.id;
  return (
    <>
      {!short && (
        <span className="text-sm">
          {mine ? 'Your' : `${test.by.name}’s`} blind test is on: {test.letters.length} versions, nobody knows which is which.
        </span>
      )}
      <Button size="small" look="primary" onPress={() => void attempt(session.blindTests.join(test.id))}>
        Take part{short ? ' in the blind test' : ''}
      </Button>
    </>
  );
}

function BlindChoice({ test }: { test: OwnBlindTest }) {
  const session = useSession();
  const { audition, blindTests } = session;
  const role = useStore(session.role);
  const heard = useStore(audition.heard);
  const match = useStore(audition.match);
  const following = useStore(blindTests.following);
  const votes = may(role, 'votes.write');
  const leads = test.by.id === session.me.id || may(role, 'session.edit');
  const over = test.result !== null;
  const nameOf = (letter: BlindLetter) => test.result?.versions.find((one) => one.letter === letter)?.name;
  return (
    <>
      <span className="font-semibold text-sm">Blind test</span>
      <RadioGroup aria-label="Hear" orientation="horizontal" value={heard} onChange={(id) => hear(session, id)}>
        <span className="flex gap-0.5 rounded-md border border-line bg-bg p-0.5">
          {test.letters.map((letter) => (
            <Radio key={letter} value={letter} className={OPTION}>
              <span className="min-w-4 text-center font-semibold">{letter}</span>
              {over && <span className="truncate">{nameOf(letter)}</span>}
            </Radio>
          ))}
        </span>
      </RadioGroup>
      {test.together && !over && votes && (
        <IconToggle
          label="Everybody hears what anybody of you chooses"
          on={following}
          onChange={(on) => blindTests.setFollowing(on)}
          className="!h-7 !px-2 text-xs"
        >
          Switch with the others
        </IconToggle>
      )}
      <span role="status" className="text-quiet text-xs tabular-nums">
        {match.state === 'matched' ? 'equally loud' : matchWords(match, '')}
      </span>
      {votes && !over && <Vote test={test} />}
      <span className="text-quiet text-xs">{over ? 'revealed' : count(test.voted.length, 'vote', 'votes')}</span>
      <span className="flex-1" />
      {leads && !over && (
        <Button size="small" look="primary" onPress={() => void attempt(blindTests.reveal(test.id))}>
          Reveal
        </Button>
      )}
      <Button size="small" onPress={() => blindTests.leave()}>
        {over ? 'Back to the mix' : 'Leave'}
      </Button>
    </>
  );
}

function Vote({ test }: { test: OwnBlindTest }) {
  const { blindTests } = useSession();
  return (
    <RadioGroup
      aria-label="Vote for"
      orientation="horizontal"
      value={test.mine}
      onChange={(letter) => {
        const chosen = test.letters.find((one) => one === letter);
        if (chosen) void attempt(blindTests.vote(chosen));
      }}
    >
      <span className="flex items-center gap-0.5 text-quiet text-xs">
        Your vote
        {test.letters.map((letter) => (
          <Radio key={letter} value={letter} className={`${OPTION} !h-6 !px-2 border border-line !text-xs text-text`}>
            {letter}
          </Radio>
        ))}
      </span>
    </RadioGroup>
  );
}
