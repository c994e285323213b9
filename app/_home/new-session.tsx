'use client';

import { FileAudio, FolderOpen, X } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { FileTrigger } from 'react-aria-components';
import { api, isAudio } from '../../lib/client';
import { Button, IconButton } from '../_shell/button';
import { OneFieldForm } from '../_shell/one-field-form';
import { ACCEPTED } from '../_shell/stems-in';
import { leaveFor } from '../_shell/stems-to-come';
import { count } from '../_shell/words';
import { titleFromFiles } from './session-order';

/** A title, and the session is there; its stems come along, from files, a folder or a ZIP. */
export function NewSession({ files }: { files: readonly File[] }) {
  const router = useRouter();
  const [chosen, setChosen] = useState(files);
  const make = async (title: string) => {
    const { id } = await api.createSession(title);
    leaveFor(id, chosen);
    router.push(`/s/${id}`);
  };
  const choose = (list: FileList | null) => {
    if (list) setChosen([...chosen, ...[...list].filter((file) => file.webkitRelativePath === '' || isAudio(file.name))]);
  };
  return (
    <OneFieldForm
      label="Title of the song"
      maxLength={200}
      initial={files.length > 0 ? titleFromFiles(files.map((file) => file.name)) : ''}
      action="Begin"
      onSend={make}
      below={
        <>
          <div className="flex flex-wrap gap-2">
            <FileTrigger allowsMultiple acceptedFileTypes={ACCEPTED} onSelect={choose}>
              <Button>
                <FileAudio size={14} /> Files or a ZIP
              </Button>
            </FileTrigger>
            <FileTrigger acceptDirectory onSelect={choose}>
              <Button>
                <FolderOpen size={14} /> A folder
              </Button>
            </FileTrigger>
          </div>
          <Chosen files={chosen} onClear={() => setChosen([])} />
        </>
      }
    />
  );
}

function Chosen({ files, onClear }: { files: readonly File[]; onClear(): void }) {
  if (files.length === 0) return <p className="text-quiet text-sm">Stems can come later too.</p>;
  return (
    <div className="flex items-center gap-2 text-sm" data-testid="chosen">
      <span className="min-w-0 flex-1 truncate text-quiet">
        {count(files.length, 'file comes', 'files come')} along: {files.map(({ name }) => name).join(', ')}
      </span>
      <IconButton label="Take none of them" size="small" look="quiet" onPress={onClear}>
        <X size={13} />
      </IconButton>
    </div>
  );
}
