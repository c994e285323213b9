'use client';

import { useRouter } from 'next/navigation';
import { api } from '../../lib/client';
import { OneFieldForm } from '../_shell/one-field-form';
import { leaveFor } from '../_shell/stems-to-come';
import { count } from '../_shell/words';
import { titleFromFiles } from './session-order';

/** A title, and the session is there; dropped files come along. */
export function NewSession({ files }: { files: readonly File[] }) {
  const router = useRouter();
  const make = async (title: string) => {
    const { id } = await api.createSession(title);
    leaveFor(id, files);
    router.push(`/s/${id}`);
  };
  return (
    <OneFieldForm
      label="Title of the song"
      maxLength={200}
      initial={files.length > 0 ? titleFromFiles(files.map((file) => file.name)) : ''}
      action="Begin"
      onSend={make}
      below={files.length > 0 && <p className="text-quiet text-sm">{count(files.length, 'stem comes', 'stems come')} along.</p>}
    />
  );
}
