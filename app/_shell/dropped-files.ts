import { isAudio } from '../../lib/client';

/** True for a drag that carries files rather than text or a link. */
export function hasFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false;
}

/**
 * The files of a drop; of a dropped folder the audio files inside, in the order of their names. Files dropped by themselves
 * all come along, so that what cannot be used is refused with a reason rather than passed over.
 */
export async function droppedFiles(data: DataTransfer): Promise<readonly File[]> {
  // The entries must be taken before the first await: the browser empties the list when the event ends.
  const entries = [...data.items].filter((item) => item.kind === 'file').map((item) => item.webkitGetAsEntry());
  const plain = [...data.files];
  if (!entries.some((entry) => entry?.isDirectory)) return plain;
  const found = await Promise.all(entries.map((entry) => (entry ? filesIn(entry, entry.isDirectory) : [])));
  return found.flat();
}

async function filesIn(entry: FileSystemEntry, inFolder: boolean): Promise<readonly File[]> {
  if (isFile(entry)) {
    if (inFolder && !isAudio(entry.name)) return [];
    return [await new Promise<File>((resolve, reject) => entry.file(resolve, reject))];
  }
  if (!isFolder(entry)) return [];
  const entries = await entriesOf(entry);
  entries.sort((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }));
  return (await Promise.all(entries.map((child) => filesIn(child, true)))).flat();
}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;
const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory;

/** Readers hand out a hundred entries at a time, and an empty list at the end. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return all;
    all.push(...some);
  }
}
