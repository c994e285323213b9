'use client';

import type { Comment, Reply } from '../../lib/protocol';
import { useSession, useStore } from '../_session';
import { pieces } from './mentions';

/** What somebody said, with the names of those who are called. */
export function Spoken({ words }: { words: Comment | Reply }) {
  const { me, people } = useSession();
  const called = useStore(people.members).filter(({ user }) => words.mentions.includes(user.id));
  // Pieces have no other name than their place.
  let at = 0;
  return (
    <>
      {pieces(words.body, called).map(({ text, user }) => {
        at += text.length;
        if (!user) return text;
        return (
          <span key={at} className={`rounded-sm px-0.5 font-semibold ${user.id === me.id ? 'bg-accent/25 text-text' : 'text-accent'}`}>
            {text}
          </span>
        );
      })}
      {words.editedAt !== null && <span className="text-quiet text-xs"> · edited</span>}
    </>
  );
}
