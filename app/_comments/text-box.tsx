'use client';

import { useEffect, useRef, useState } from 'react';
import type { Words } from '../../lib/client';
import { useSession } from '../_session';
import { Button } from '../_shell/button';
import { attempt } from '../_shell/toasts';
import { CallArea } from './call-area';
import { mentionsIn } from './mentions';

interface TextBoxProps {
  label: string;
  initial: string;
  action: string;
  onSend(words: Words): Promise<void>;
  onCancel(): void;
}

/** A few lines of text: Ctrl+Enter sends, Escape gives up. What was typed stays when sending fails. */
export function TextBox({ label, initial, action, onSend, onCancel }: TextBoxProps) {
  const { people } = useSession();
  const [body, setBody] = useState(initial);
  const [busy, setBusy] = useState(false);
  const area = useRef<HTMLTextAreaElement>(null);
  useEffect(() => area.current?.focus(), []);
  const send = async () => {
    if (!body.trim() || busy) return;
    setBusy(true);
    await attempt(onSend({ body: body.trim(), mentions: mentionsIn(body, people.members.get()) }));
    setBusy(false);
  };
  return (
    <div className="mt-2">
      <CallArea
        ref={area}
        label={label}
        value={body}
        rows={2}
        onChange={setBody}
        onSend={() => void send()}
        onEscape={onCancel}
        className="field-sizing-content max-h-48 w-full resize-none rounded-md border border-line-strong bg-bg px-2.5 py-2 text-sm"
      />
      <div className="mt-1 flex justify-end gap-1.5">
        <Button size="small" look="quiet" onPress={onCancel}>
          Cancel
        </Button>
        <Button size="small" look="primary" isPending={busy} isDisabled={!body.trim()} onPress={() => void send()}>
          {action}
        </Button>
      </div>
    </div>
  );
}
