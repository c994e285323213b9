'use client';

import type { InsertType, Setting, StripSetting } from '../../lib/mix';
import { createStore } from '../../lib/std';

/** What was copied last, of strips and of each type of processor; of this page alone. */
export const copiedStrip = createStore<StripSetting | null>(null);
export const copiedSettings = createStore<ReadonlyMap<InsertType, Setting>>(new Map());

export function copySetting(setting: Setting): void {
  copiedSettings.set(new Map([...copiedSettings.get(), [setting.type, setting]]));
}
