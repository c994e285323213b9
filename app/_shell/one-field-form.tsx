'use client';

import { type ReactNode, useState } from 'react';
import { Button } from './button';
import { Field } from './field';
import { sentence } from './toasts';

interface OneFieldFormProps {
  label: string;
  initial?: string;
  action: string;
  /** Characters at most. */
  maxLength: number;
  autoComplete?: string;
  /** What is typed is not shown. */
  type?: 'password';
  isReadOnly?: boolean;
  /** Gets the text without blanks around it. Rejecting shows why and leaves the text; resolving leads elsewhere. */
  onSend(text: string): Promise<void>;
  /** Above and below the field. */
  children?: ReactNode;
  below?: ReactNode;
}

/** The longest name of a person; the service allows no more. */
const NAME_LENGTH = 80;
export const NAME_FIELD = { label: 'Your name, as the others see it', maxLength: NAME_LENGTH, autoComplete: 'nickname' } as const;

/** A line to fill in and a button: the way in, everywhere. */
export function OneFieldForm({ initial = '', action, onSend, children, below, ...field }: OneFieldFormProps) {
  const [text, setText] = useState(initial);
  const [why, setWhy] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const filled = text.trim() !== '';
  const send = async () => {
    setBusy(true);
    setWhy(null);
    try {
      await onSend(text.trim());
    } catch (problem) {
      setWhy(sentence(problem));
      setBusy(false);
    }
  };
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (filled && !busy) void send();
      }}
    >
      {children}
      <Field {...field} value={text} onChange={setText} autoFocus />
      {below}
      {why && (
        <p role="alert" className="text-record text-sm">
          {why}
        </p>
      )}
      <Button type="submit" look="primary" size="tall" isPending={busy} isDisabled={!filled}>
        {action}
      </Button>
    </form>
  );
}
