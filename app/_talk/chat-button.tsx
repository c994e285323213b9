'use client';

import { MessagesSquare } from 'lucide-react';
import { Button as AriaButton } from 'react-aria-components';
import { useSession, useStore } from '../_session';
import { toggleChat, usePage } from '../_shell/page-state';
import { useWide } from '../_shell/wide';

/** Opens the chat; says how much has not been read. */
export function ChatButton({ tall = false }: { tall?: boolean }) {
  const unread = useStore(useSession().chat.unread);
  const wide = useWide();
  const open = usePage((page) => (wide ? page.panel === 'chat' : page.phoneTab === 'chat'));
  const look = open ? 'border-accent text-accent' : 'border-line text-text';
  return (
    <AriaButton
      aria-label={unread > 0 ? `Chat, ${unread} unread` : 'Chat'}
      aria-pressed={open}
      data-testid="chat"
      onPress={toggleChat}
      className={`inline-flex shrink-0 items-center gap-1.5 rounded-md border bg-raised text-sm transition-colors data-[hovered]:bg-hover ${look} ${tall ? 'h-10 px-2.5' : 'h-8 px-2.5'}`}
    >
      <MessagesSquare size={14} />
      {!tall && 'Chat'}
      {unread > 0 && !open && (
        <span className="min-w-4 rounded-full bg-accent px-1 text-center font-semibold text-2xs text-on-accent">
          {unread > 99 ? '99+' : unread}
        </span>
      )}
    </AriaButton>
  );
}
