'use client';

import { useState } from 'react';
import type { Mix } from '../../lib/mix';
import type { Comment } from '../../lib/protocol';
import { useSession, useStore } from '../_session';
import { Button } from '../_shell/button';
import { Dialog } from '../_shell/dialog';
import { Choose } from '../_shell/field';
import { attempt } from '../_shell/toasts';
import { count, fileName } from '../_shell/words';
import { aboutWords } from './about';

const FORMATS = [
  { value: 'text', label: 'Text, to read', end: 'txt' },
  { value: 'csv', label: 'Table (CSV)', end: 'csv' },
  { value: 'midi', label: 'Markers: MIDI file (Pro Tools, Logic, Cubase …)', end: 'mid' },
  { value: 'reaper', label: 'Markers: Reaper (CSV)', end: 'csv' },
  { value: 'audition', label: 'Markers: Adobe Audition (CSV)', end: 'csv' },
  { value: 'audacity', label: 'Markers: Audacity labels', end: 'txt' },
] as const;
type Format = (typeof FORMATS)[number]['value'];

const HOW: Readonly<Record<Format, string>> = {
  text: 'Every thread with its replies.',
  csv: 'A row for each comment and each reply, for any spreadsheet.',
  midi: 'A marker at each comment. Import the file at the start of the song, with its tempo.',
  reaper: 'In Reaper: View, Region/Marker Manager, right-click, Import regions/markers.',
  audition: 'In Audition: Window, Markers, Import Markers from File.',
  audacity: 'In Audacity: File, Import, Labels.',
};

/** Comments as a file for people or for another program. */
export function ExportComments({ isOpen, onClose }: { isOpen: boolean; onClose(): void }) {
  const session = useSession();
  const all = useStore(session.comments.list).filter(({ status }) => status !== 'pending');
  const [format, setFormat] = useState<Format>('text');
  const [resolved, setResolved] = useState(false);
  const chosen = all.filter(({ status }) => resolved || status !== 'resolved');
  const save = async () => {
    const mix = session.desk.mix.get();
    const title = session.info.get().title;
    const content = await attempt(written(format, title, mix, chosen));
    if (content === undefined) return;
    const end = FORMATS.find(({ value }) => value === format)?.end ?? 'txt';
    download(new Blob([content]), `${fileName(`${title} comments`)}.${end}`);
    onClose();
  };
  return (
    <Dialog title="Export the comments" isOpen={isOpen} onClose={onClose}>
      <div className="flex flex-col gap-3">
        <Choose label="As" value={format} choices={FORMATS} onChange={setFormat} className="w-full" />
        <p className="text-quiet text-sm">{HOW[format]}</p>
        <label className="flex items-center gap-2 text-sm">
          <input type="checkbox" checked={resolved} onChange={(event) => setResolved(event.target.checked)} className="accent-accent" />
          Resolved ones too
        </label>
        <div className="flex items-center justify-end gap-3">
          <span className="text-quiet text-sm">{count(chosen.length, 'comment', 'comments')}</span>
          <Button look="primary" isDisabled={chosen.length === 0} onPress={() => void save()}>
            Save the file
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

async function written(format: Format, title: string, mix: Mix, comments: readonly Comment[]): Promise<string | Uint8Array<ArrayBuffer>> {
  const to = await import('../../lib/interchange');
  const lines = comments.map(({ author, replies, ...comment }) => ({
    ...comment,
    author: author.name,
    about: aboutWords(mix, comment),
    replies: replies.map((reply) => ({ author: reply.author.name, body: reply.body })),
  }));
  switch (format) {
    case 'text':
      return to.commentText(title, lines);
    case 'csv':
      return to.commentCsv(lines);
    case 'midi':
      return to.midiMarkers(lines, mix.settings);
    case 'reaper':
      return to.reaperMarkers(lines);
    case 'audition':
      return to.auditionMarkers(lines);
    case 'audacity':
      return to.audacityLabels(lines);
  }
}

function download(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
