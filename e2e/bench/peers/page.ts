import { renderDesk } from './desk-console';
import { renderNative } from './native-console';
import { renderTone } from './tone-console';

const consoles = { desk: renderDesk, native: renderNative, tone: renderTone };
export type ConsoleName = keyof typeof consoles;

declare global {
  interface Window {
    consoles: typeof consoles;
  }
}

window.consoles = consoles;
