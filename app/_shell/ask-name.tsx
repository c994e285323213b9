'use client';

import type { ReactNode } from 'react';
import { api } from '../../lib/client';
import type { User } from '../../lib/protocol';
import { NAME_FIELD, OneFieldForm } from './one-field-form';

interface AskNameProps {
  action: string;
  onKnown(user: User): void;
  children?: ReactNode;
}

/** A name is all that it takes to be somebody here: no account. */
export function AskName({ action, onKnown, children }: AskNameProps) {
  return (
    <OneFieldForm {...NAME_FIELD} action={action} onSend={async (name) => onKnown((await api.createGuest(name)).user)}>
      {children}
    </OneFieldForm>
  );
}
