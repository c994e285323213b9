'use client';

import { X } from 'lucide-react';
import {
  Text,
  UNSTABLE_Toast as Toast,
  UNSTABLE_ToastContent as ToastContent,
  UNSTABLE_ToastQueue as ToastQueue,
  UNSTABLE_ToastRegion as ToastRegion,
} from 'react-aria-components';
import type { Notice } from '../../lib/protocol';
import { IconButton } from './button';

const queue = new ToastQueue<Notice>({ maxVisibleToasts: 4 });
const READING_MS = 6000;

/** Shows a notice for a while; dangers stay until they are dismissed. */
export function tell(notice: Notice): void {
  queue.add(notice, notice.level === 'danger' ? {} : { timeout: READING_MS });
}

/** Runs something that may be refused and shows the refusal; undefined then. */
export async function attempt<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (problem) {
    tell({ level: 'danger', text: sentence(problem) });
    return undefined;
  }
}

/** What a failure says to the user. */
export function sentence(problem: unknown): string {
  return problem instanceof Error && problem.message ? problem.message : 'That did not work. Nothing was changed; please try again.';
}

const EDGE: Readonly<Record<Notice['level'], string>> = {
  info: 'border-l-accent',
  warning: 'border-l-solo',
  danger: 'border-l-record',
};

export function Toasts() {
  return (
    <ToastRegion
      queue={queue}
      aria-label="Notices"
      className="fixed top-14 left-1/2 -translate-x-1/2 z-50 flex w-88 max-w-[calc(100vw-1.5rem)] flex-col gap-2 outline-none desk:top-25"
    >
      {({ toast }) => (
        <Toast
          toast={toast}
          className={`flex items-start gap-2 rounded-md border border-line-strong border-l-4 bg-raised py-2 pr-1 pl-3 shadow-xl ${EDGE[toast.content.level]}`}
        >
          <ToastContent className="min-w-0 flex-1 py-0.5">
            <Text slot="title" className="break-words text-sm">
              {toast.content.text}
            </Text>
          </ToastContent>
          <IconButton label="Dismiss" slot="close" look="quiet" size="small">
            <X size={14} />
          </IconButton>
        </Toast>
      )}
    </ToastRegion>
  );
}
