/**
 * Why this browser cannot play, as a sentence, or null when it can. The sound is computed in an audio worklet on memory
 * shared with the page, which browsers allow only on a secure and isolated page.
 */
export function whySilent(): string | null {
  if (typeof AudioWorkletNode === 'undefined')
    return 'This browser cannot play the mix: it has no audio worklets. Everything else works. A current Chrome, Firefox, Safari or Edge plays it.';
  if (!globalThis.isSecureContext)
    return 'This page cannot play the mix over a plain http address. Everything else works. Open it with https, or on the machine that serves it.';
  if (!globalThis.crossOriginIsolated || typeof SharedArrayBuffer === 'undefined')
    return 'This browser does not let the page play the mix (it is not isolated from other pages). Everything else works. A private window or a current Chrome, Firefox, Safari or Edge plays it.';
  return null;
}
