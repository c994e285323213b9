let waiting: { readonly session: string; readonly files: readonly File[] } | null = null;

/** Leaves files for a session that is about to open on this page; a file cannot travel in an address. */
export function leaveFor(session: string, files: readonly File[]): void {
  waiting = files.length > 0 ? { session, files } : null;
}

/** The files left for this session, once. */
export function takeFor(session: string): readonly File[] {
  const files = waiting?.session === session ? waiting.files : [];
  if (files.length > 0) waiting = null;
  return files;
}
