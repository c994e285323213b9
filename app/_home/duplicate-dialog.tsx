'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { api } from '../../lib/client';
import type { SessionInfo } from '../../lib/protocol';
import { Dialog } from '../_shell/dialog';
import { OneFieldForm } from '../_shell/one-field-form';

/** A copy of a session, under a title of its own. */
export function DuplicateDialog({ session, isOpen, onClose }: { session: SessionInfo; isOpen: boolean; onClose(): void }) {
  const router = useRouter();
  const [comments, setComments] = useState(false);
  const make = async (title: string) => {
    const { id } = await api.duplicateSession(session.id, { title, comments });
    router.push(`/s/${id}`);
  };
  return (
    <Dialog title={`Copy “${session.title}”`} isOpen={isOpen} onClose={onClose}>
      <OneFieldForm
        label="Title of the copy"
        maxLength={200}
        initial={`${session.title.slice(0, 193)} (copy)`}
        action="Make the copy"
        onSend={make}
        below={
          <>
            <label className="flex items-center gap-2 text-sm">
              <input type="checkbox" checked={comments} onChange={(event) => setComments(event.target.checked)} className="accent-accent" />
              Comments too
            </label>
            <p className="text-quiet text-sm">The same stems and the mix as it is now; you own it, and nobody else is in it.</p>
          </>
        }
      />
    </Dialog>
  );
}
