'use client';

import { X } from 'lucide-react';
import { useState } from 'react';
import { may } from '../../lib/access';
import { BLIND_LETTERS, MIX_OF_NOW, type OwnBlindTest } from '../../lib/protocol';
import { useSession, useStore } from '../_session';
import { Button, IconButton } from '../_shell/button';
import { Dialog } from '../_shell/dialog';
import { attempt } from '../_shell/toasts';
import { ago, count } from '../_shell/words';

const ROW =
  'flex cursor-pointer items-center gap-2.5 rounded-md border border-line px-3 py-2 text-sm has-[:checked]:border-accent has-[:disabled]:opacity-45';
const MOST = BLIND_LETTERS.length;

/** Chooses what is compared, and how. */
export function BlindTestDialog({ isOpen, onClose }: { isOpen: boolean; onClose(): void }) {
  const { versions, blindTests } = useSession();
  const list = useStore(versions.list);
  const [chosen, setChosen] = useState<readonly string[]>([MIX_OF_NOW]);
  const [together, setTogether] = useState(true);
  const choices = [{ id: MIX_OF_NOW, name: 'The mix as it is now' }, ...list];
  const begin = async () => {
    const begun = await attempt(blindTests.begin(chosen, together).then(() => true));
    if (begun) onClose();
  };
  return (
    <Dialog title="Blind test for everybody here" isOpen={isOpen} onClose={onClose}>
      <p className="text-quiet text-sm">
        Two to four versions get letters in an order that nobody knows, you neither. All are brought to the same loudness. Who may comment
        votes; you reveal.
      </p>
      <fieldset className="mt-3 flex max-h-64 flex-col gap-1.5 overflow-y-auto">
        <legend className="sr-only">Versions</legend>
        {choices.map(({ id, name }) => (
          <label key={id} className={ROW}>
            <input
              type="checkbox"
              checked={chosen.includes(id)}
              disabled={!chosen.includes(id) && chosen.length >= MOST}
              onChange={({ target }) => setChosen(target.checked ? [...chosen, id] : chosen.filter((one) => one !== id))}
            />
            <span className="min-w-0 flex-1 truncate">{name}</span>
          </label>
        ))}
      </fieldset>
      <label className="mt-3 flex cursor-pointer items-center gap-2.5 text-sm">
        <input type="checkbox" checked={together} onChange={({ target }) => setTogether(target.checked)} />
        All switch together: what one chooses everybody hears
      </label>
      <div className="mt-4 flex justify-end gap-2">
        <Button onPress={onClose}>Cancel</Button>
        <Button look="primary" isDisabled={chosen.length < 2} onPress={() => void begin()}>
          Begin
        </Button>
      </div>
    </Dialog>
  );
}

/** The tests that were, with what the letters were and how the votes fell. */
export function BlindResults() {
  const session = useSession();
  const list = useStore(session.blindTests.list);
  if (list.length === 0) return null;
  return (
    <section aria-label="Blind tests" className="border-line border-t">
      <h3 className="px-3.5 pt-2.5 pb-1 font-semibold text-quiet text-xs">Blind tests</h3>
      <ul>
        {list.map((test) => (
          <Result key={test.id} test={test} />
        ))}
      </ul>
    </section>
  );
}

function Result({ test }: { test: OwnBlindTest }) {
  const session = useSession();
  const owner = may(useStore(session.role), 'session.edit');
  const mine = test.by.id === session.me.id;
  const { result } = test;
  const most = Math.max(0, ...(result?.versions.map(({ votes }) => votes.length) ?? []));
  return (
    <li className="border-line border-b px-3.5 py-2 text-sm">
      <p className="flex items-center gap-1.5 text-quiet text-xs">
        <span className="min-w-0 flex-1 truncate">
          {mine ? 'You' : test.by.name}, {ago(test.at, Date.now())}
          {result === null && `: going on, ${count(test.voted.length, 'vote', 'votes')}`}
        </span>
        {(mine || owner) && (
          <IconButton
            label={result === null ? 'End this test without a result' : 'Take this result off the list'}
            size="small"
            look="quiet"
            onPress={() => void attempt(session.blindTests.remove(test.id))}
          >
            <X size={13} />
          </IconButton>
        )}
      </p>
      <ul>
        {result?.versions.map(({ letter, name, votes }) => (
          <li key={letter} className="flex items-baseline gap-2 leading-6">
            <span className="w-4 font-semibold">{letter}</span>
            <span className={`min-w-0 flex-1 truncate ${votes.length === most && most > 0 ? 'font-semibold' : ''}`}>{name}</span>
            <span className="truncate text-quiet text-xs" title={votes.map((user) => user.name).join(', ')}>
              {count(votes.length, 'vote', 'votes')}
            </span>
          </li>
        ))}
      </ul>
    </li>
  );
}
