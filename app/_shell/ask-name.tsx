'use client';

import { type ReactNode, useState } from 'react';
import { api } from '../../lib/client';
import type { User } from '../../lib/protocol';
import { Button } from './button';
import { Field } from './field';
import { sentence } from './toasts';

interface AskNameProps {
  action: string;
  onKnown(user: User): void;
  children?: ReactNode;
}

/** A name is all that it takes to be somebody here: no account. */
export function AskName({ action, onKnown, children }: AskNameProps) {
  const [name, setName] = useState('');
  const [why, setWhy] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const enter = async () => {
    setBusy(true);
    setWhy(null);
    try {
      onKnown((await api.createGuest(name.trim())).user);
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
        if (name.trim() && !busy) void enter();
      }}
    >
      {children}
      <Field label="Your name, as the others see it" value={name} onChange={setName} autoFocus maxLength={80} autoComplete="nickname" />
      {why && (
        <p role="alert" className="text-record text-sm">
          {why}
        </p>
      )}
      <Button type="submit" look="primary" size="tall" isPending={busy} isDisabled={!name.trim()}>
        {action}
      </Button>
    </form>
  );
}
