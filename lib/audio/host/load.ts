import { createDeskMemory, type Desk, instantiateDesk } from '../../desk';

export interface LoadedDesk {
  readonly module: WebAssembly.Module;
  readonly desk: Desk;
}

/** Fetches the desk and makes its memory. Rejects with a sentence for the user. */
export async function loadDesk(url: string): Promise<LoadedDesk> {
  if (typeof SharedArrayBuffer === 'undefined') {
    throw new Error(
      'This browser does not let the page share memory with its sound. Open the session over https or on localhost, in a current browser.',
    );
  }
  const response = await fetch(url).catch(() => null);
  if (!response?.ok) throw new Error('The sound could not be loaded. Check the connection and reload the page; your work is safe.');
  const module = await WebAssembly.compile(await response.arrayBuffer());
  return { module, desk: instantiateDesk(module, createDeskMemory()) };
}
