'use client';

import { type KeyboardEvent, type Ref, useId, useImperativeHandle, useRef, useState } from 'react';
import { Popover } from 'react-aria-components';
import type { Member } from '../../lib/protocol';
import { useSession, useStore } from '../_session';
import { Face } from '../_shell/face';
import { callingAt, withName } from './mentions';

const MOST = 10_000;

interface CallAreaProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
  /** Ctrl+Enter, or Cmd+Enter. */
  readonly onSend: () => void;
  readonly onEscape: () => void;
  readonly rows: number;
  readonly className: string;
  readonly placeholder?: string;
  readonly testId?: string;
  readonly ref?: Ref<HTMLTextAreaElement>;
}

/** Several lines of text, in which `@` offers the names of the session's people. */
export function CallArea({ label, value, onChange, onSend, onEscape, ref, testId, ...look }: CallAreaProps) {
  const { me, people } = useSession();
  const members = useStore(people.members).filter(({ user }) => user.id !== me.id);
  const area = useRef<HTMLTextAreaElement>(null);
  useImperativeHandle(ref, () => area.current as HTMLTextAreaElement);
  const [caret, setCaret] = useState<number | null>(null);
  const [marked, setMarked] = useState(0);
  const list = useId();
  const calling = caret === null ? null : callingAt(value, caret, members);
  const chosen = calling && (calling.found[marked] ?? calling.found[0]);
  const close = () => setCaret(null);
  const call = ({ user }: Member) => {
    if (!calling || caret === null) return;
    const next = withName(value, calling, caret, user.name);
    onChange(next.text);
    close();
    requestAnimationFrame(() => {
      area.current?.focus();
      area.current?.setSelectionRange(next.caret, next.caret);
    });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (chosen && calling && inList(event, calling.found.length, marked, setMarked, () => call(chosen), close)) {
      event.preventDefault();
      event.stopPropagation();
    } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) onSend();
    else if (event.key === 'Escape') onEscape();
  };
  return (
    <>
      <textarea
        {...look}
        ref={area}
        aria-label={label}
        aria-autocomplete="list"
        {...(chosen ? { 'aria-controls': list, 'aria-activedescendant': `${list}-${chosen.user.id}` } : {})}
        data-testid={testId}
        value={value}
        maxLength={MOST}
        onChange={(event) => {
          onChange(event.target.value);
          setCaret(event.target.selectionStart);
          setMarked(0);
        }}
        onBlur={close}
        onKeyDown={onKeyDown}
      />
      <Popover
        triggerRef={area}
        isOpen={calling !== null}
        onOpenChange={(open) => open || close()}
        isNonModal
        placement="top start"
        className="z-50 w-56 rounded-md border border-line-strong bg-raised p-1 shadow-xl"
      >
        <div id={list} role="listbox" aria-label="People of this session">
          {calling?.found.map((member) => (
            <div
              key={member.user.id}
              id={`${list}-${member.user.id}`}
              role="option"
              tabIndex={-1}
              aria-selected={member === chosen}
              // Before the text loses the focus.
              onMouseDown={(event) => {
                event.preventDefault();
                call(member);
              }}
              className={`flex cursor-pointer items-center gap-2 rounded-sm px-2 py-1.5 text-sm ${member === chosen ? 'bg-hover' : ''}`}
            >
              <Face user={member.user} size="small" />
              <span className="min-w-0 flex-1 truncate">{member.user.name}</span>
              <span className="text-quiet text-xs">{member.role}</span>
            </div>
          ))}
        </div>
      </Popover>
    </>
  );
}

/** Keys of the open list; false for what means something else. */
function inList(
  event: KeyboardEvent,
  size: number,
  marked: number,
  mark: (index: number) => void,
  take: () => void,
  close: () => void,
): boolean {
  if (event.key === 'ArrowDown') mark((marked + 1) % size);
  else if (event.key === 'ArrowUp') mark((marked + size - 1) % size);
  else if ((event.key === 'Enter' && !event.ctrlKey && !event.metaKey) || event.key === 'Tab') take();
  else if (event.key === 'Escape') close();
  else return false;
  return true;
}
