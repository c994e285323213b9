'use client';

import { type ReactNode, useState } from 'react';
import { Button } from '../_shell/button';
import { Field } from '../_shell/field';
import { sentence } from '../_shell/toasts';

export interface FormField {
  readonly name: string;
  readonly label: string;
  readonly type: 'text' | 'email' | 'password';
  readonly autoComplete: string;
}

export const EMAIL: FormField = { name: 'email', label: 'E-mail', type: 'email', autoComplete: 'email' };
export const PASSWORD: FormField = { name: 'password', label: 'Password', type: 'password', autoComplete: 'current-password' };
export const NEW_PASSWORD: FormField = {
  name: 'next',
  label: 'New password, at least 10 characters',
  type: 'password',
  autoComplete: 'new-password',
};

interface FieldsFormProps {
  readonly label: string;
  readonly fields: readonly FormField[];
  readonly action: string;
  /** Gets what was typed, by the fields' names. Rejecting shows why and leaves it; resolving empties the fields. */
  readonly onSend: (typed: Readonly<Record<string, string>>) => Promise<void>;
  readonly children?: ReactNode;
}

/** A few lines to fill in and a button. */
export function FieldsForm({ label, fields, action, onSend, children }: FieldsFormProps) {
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});
  const [why, setWhy] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const filled = fields.every(({ name }) => typed[name]);
  const send = async () => {
    setBusy(true);
    setWhy(null);
    try {
      await onSend(typed);
      setTyped({});
    } catch (problem) {
      setWhy(sentence(problem));
    }
    setBusy(false);
  };
  return (
    <form
      aria-label={label}
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (filled && !busy) void send();
      }}
    >
      {fields.map(({ name, ...field }) => (
        <Field key={name} {...field} name={name} value={typed[name] ?? ''} onChange={(text) => setTyped({ ...typed, [name]: text })} />
      ))}
      {why && (
        <p role="alert" className="text-record text-sm">
          {why}
        </p>
      )}
      <div className="flex flex-wrap items-center gap-3">
        <Button type="submit" look="primary" isPending={busy} isDisabled={!filled}>
          {action}
        </Button>
        {children}
      </div>
    </form>
  );
}
