import { renderRandom } from '../../../lib/desk/random-console';
import { Rig } from '../../../lib/desk/rig';

declare global {
  interface Window {
    /** SHA-256 of what this browser renders of the console with this seed. */
    renderHash(seed: number): Promise<string>;
  }
}

window.renderHash = async (seed) => {
  const module = await WebAssembly.compile(await (await fetch('/desk.wasm')).arrayBuffer());
  const digest = await crypto.subtle.digest(
    'SHA-256',
    renderRandom(module, (made) => new Rig(made), seed),
  );
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
};
