'use client';

import { X } from 'lucide-react';
import { useEffect, useLayoutEffect, useRef } from 'react';
import { may } from '../../lib/access';
import type { ChatMessage } from '../../lib/protocol';
import { useSession, useStore } from '../_session';
import { IconButton } from '../_shell/button';
import { ChatLine } from './chat-line';
import { ChatWriter } from './chat-writer';

/** One who writes again within this, in milliseconds, goes on: the name is not repeated. */
const GOES_ON_MS = 5 * 60_000;
/** So near the end, in pixels, one reads along. */
const NEAR_END = 60;

function goesOn(before: ChatMessage | undefined, message: ChatMessage): boolean {
  return before !== undefined && before.author.id === message.author.id && message.createdAt - before.createdAt < GOES_ON_MS;
}

/** What people write to each other beside the song. */
export function ChatPanel({ onClose }: { onClose(): void }) {
  const session = useSession();
  const list = useStore(session.chat.list);
  const role = useStore(session.role);
  const lines = useRef<HTMLOListElement>(null);
  const atEnd = useRef(true);
  useEffect(() => session.chat.watch(), [session]);
  // After every change of the list, for whoever reads along.
  useLayoutEffect(() => {
    if (atEnd.current && lines.current) lines.current.scrollTop = lines.current.scrollHeight;
  });
  return (
    <section
      aria-label="Chat"
      className="flex min-h-0 w-full flex-1 flex-col bg-surface desk:w-82 desk:flex-none desk:border-line desk:border-l"
    >
      <header className="flex h-10 shrink-0 items-center justify-between border-line border-b pr-1 pl-3.5">
        <h2 className="font-semibold text-sm">Chat</h2>
        <IconButton label="Close the chat" look="quiet" size="small" onPress={onClose}>
          <X size={14} />
        </IconButton>
      </header>
      <ol
        ref={lines}
        aria-live="polite"
        onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
          atEnd.current = scrollHeight - scrollTop - clientHeight < NEAR_END;
        }}
        className="flex min-h-0 flex-1 flex-col overflow-y-auto px-3.5 py-2 outline-offset-[-2px]"
      >
        {list.map((message, index) => (
          <ChatLine key={message.id} message={message} goesOn={goesOn(list[index - 1], message)} />
        ))}
        {list.length === 0 && (
          <li className="m-auto max-w-60 text-balance text-center text-quiet text-sm">
            Nobody has written yet. Times such as 0:42 become links to that moment.
          </li>
        )}
      </ol>
      {may(role, 'talk') ? (
        <ChatWriter />
      ) : (
        <p className="border-line border-t px-4 py-3 text-quiet text-sm">You read along here. To write, ask the owner for another role.</p>
      )}
    </section>
  );
}
