'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { api } from '../../lib/client';
import { Button } from '../_shell/button';
import { Field } from '../_shell/field';
import { leaveFor } from '../_shell/stems-to-come';
import { sentence } from '../_shell/toasts';
import { count } from '../_shell/words';
import { titleFromFiles } from './session-order';

/** A title, and the session is there; dropped files come along. */
export function NewSession({ files }: { files: readonly File[] }) {
  const router = useRouter();
  const [title, setTitle] = useState(files.length > 0 ? titleFromFiles(files.map((file) => file.name)) : '');
  const [why, setWhy] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const make = async () => {
    setBusy(true);
    setWhy(null);
    try {
      const { id } = await api.createSession(title.trim());
      leaveFor(id, files);
      router.push(`/s/${id}`);
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
        if (title.trim() && !busy) void make();
      }}
    >
      <Field label="Title of the song" value={title} onChange={setTitle} autoFocus maxLength={200} />
      {files.length > 0 && <p className="text-quiet text-sm">{count(files.length, 'stem comes', 'stems come')} along.</p>}
      {why && (
        <p role="alert" className="text-record text-sm">
          {why}
        </p>
      )}
      <Button type="submit" look="primary" size="tall" isPending={busy} isDisabled={!title.trim()}>
        Begin
      </Button>
    </form>
  );
}
