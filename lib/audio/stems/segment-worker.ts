import { createSegmentDecoder, type DecodedSegment } from './decode';

/** Decodes a file; answered with the same ticket. */
export interface ToSegmentWorker {
  readonly ticket: number;
  readonly file: Uint8Array;
}

export type FromSegmentWorker = { readonly ticket: number } & ({ readonly decoded: DecodedSegment } | { readonly why: string });

const scope = self as unknown as {
  postMessage(message: FromSegmentWorker, transfer: Transferable[]): void;
  onmessage: ((event: MessageEvent<ToSegmentWorker>) => void) | null;
};

const ready = createSegmentDecoder();

async function decode({ ticket, file }: ToSegmentWorker): Promise<void> {
  const decoded = await (await ready).decode(file);
  scope.postMessage(
    { ticket, decoded },
    decoded.channels.map(({ buffer }) => buffer as ArrayBuffer),
  );
}

scope.onmessage = ({ data }) => {
  decode(data).catch((reason: unknown) =>
    scope.postMessage({ ticket: data.ticket, why: reason instanceof Error ? reason.message : String(reason) }, []),
  );
};
