import type { BrowserContext, Page } from '@playwright/test';

interface Measured {
  readonly bytes: number;
  readonly breakdown: readonly { readonly bytes: number }[];
}

/** Lets the pages of a context tell what memory they share with their workers; before they are opened. */
export async function watchSharedMemory(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const shared: WebAssembly.Memory[] = [];
    const Plain = WebAssembly.Memory;
    WebAssembly.Memory = class extends Plain {
      constructor(descriptor: WebAssembly.MemoryDescriptor) {
        super(descriptor);
        if (descriptor.shared) shared.push(this);
      }
    };
    Object.assign(window, { sharedMemory: shared });
  });
}

/**
 * Bytes of a page with its workers. Chromium counts memory that several of them share once for one of them, or once for each, as it
 * happens: here it counts once.
 */
export async function pageMemory(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const { measureUserAgentSpecificMemory } = performance as Performance & { measureUserAgentSpecificMemory(): Promise<Measured> };
    const { bytes, breakdown } = await measureUserAgentSpecificMemory.call(performance);
    const { sharedMemory } = window as unknown as { readonly sharedMemory: readonly WebAssembly.Memory[] };
    const shared = Math.max(0, ...sharedMemory.map(({ buffer }) => buffer.byteLength));
    const holders = breakdown.filter((part) => shared > 0 && part.bytes >= shared).length;
    return bytes - Math.max(0, holders - 1) * shared;
  });
}
