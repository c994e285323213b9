/**
 * What every platform of ours has (browser, worker, Node), for the rooms that compile without DOM and Node types.
 * Only `lib/tsconfig.pure.json` reads this file.
 */
declare const crypto: { getRandomValues<T extends Uint8Array>(bytes: T): T };
declare function setTimeout(run: () => void, ms: number): number;
declare function clearTimeout(timer: number): void;
declare function setInterval(run: () => void, ms: number): number;
declare function clearInterval(timer: number): void;
