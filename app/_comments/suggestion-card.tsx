'use client';

import { may } from '../../lib/access';
import { formatValue, rowOf, targetOf } from '../../lib/mix';
import type { Comment, Suggestion } from '../../lib/protocol';
import { useMix, useSession, useStore } from '../_session';
import { Button } from '../_shell/button';
import { attempt, tell } from '../_shell/toasts';
import { between } from '../_shell/words';
import { targetLabel } from '../_ui';
import { HearingRow } from './hearing-row';

const FEW = 6;

/** What a comment suggests: the changes, hearing them, and what was decided. */
export function SuggestionCard({ comment, suggestion }: { comment: Comment; suggestion: Suggestion }) {
  const { comments, me } = useSession();
  const hearing = useStore(comments.hearing);
  const mine = hearing?.comment === comment.id && hearing.what === 'suggestion';
  const { changes, status, decidedBy } = suggestion;
  const hear = () => {
    const heard = comments.hearSuggestion(comment);
    if (!heard.ok) tell({ level: 'info', text: heard.error });
  };
  return (
    <div className="mt-2 rounded-md border border-line bg-bg px-2.5 py-2">
      <ul className="text-xs leading-5" aria-label="Suggested changes">
        {changes.slice(0, FEW).map((change) => (
          <ChangeLine key={change.control} {...change} />
        ))}
        {changes.length > FEW && <li className="text-quiet">and {changes.length - FEW} more</li>}
      </ul>
      {status !== 'open' && (
        <p className={`mt-1 text-xs ${status === 'accepted' ? 'text-ok' : 'text-quiet'}`}>
          {status === 'accepted' ? 'Accepted' : 'Declined'}
          {decidedBy && ` by ${decidedBy.id === me.id ? 'you' : decidedBy.name}`}
        </p>
      )}
      {mine && hearing ? <HearingRow hearing={hearing} /> : null}
      <div className="mt-1.5 flex flex-wrap gap-1.5">
        {!mine && (
          <Button size="small" onPress={hear}>
            Hear it<span className="sr-only"> as suggested; only you hear it</span>
          </Button>
        )}
        {status !== 'accepted' && comment.status !== 'pending' && <Decide comment={comment} declined={status === 'declined'} />}
      </div>
    </div>
  );
}

function ChangeLine({ control, from, to }: Suggestion['changes'][number]) {
  const target = targetOf(control);
  const row = useMix((mix) => (target ? rowOf(mix, target) : undefined));
  const label = useMix((mix) => (target ? targetLabel(mix, target) : ''));
  if (!row) return <li className="text-quiet">A control that is no longer there</li>;
  return (
    <li className="flex justify-between gap-2">
      <span className="min-w-0 truncate">{label}</span>
      <span className="shrink-0 text-quiet">{between(formatValue(row, from), formatValue(row, to))}</span>
    </li>
  );
}

function Decide({ comment, declined }: { comment: Comment; declined: boolean }) {
  const { comments, role } = useSession();
  if (!may(useStore(role), 'mix.write')) return null;
  const accept = async () => {
    const done = await attempt(comments.accept(comment));
    if (!done) return;
    tell(
      done.ok
        ? { level: 'info', text: 'The mix is as suggested now, for everybody. Undo takes that back.' }
        : { level: 'warning', text: done.error },
    );
  };
  return (
    <>
      <Button size="small" look="primary" onPress={() => void accept()}>
        Accept
      </Button>
      {!declined && (
        <Button size="small" look="quiet" onPress={() => void attempt(comments.decline(comment.id))}>
          Decline
        </Button>
      )}
    </>
  );
}
