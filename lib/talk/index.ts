export { browserTalk } from './browser';
export { type OwnVoice, Talk } from './talk';
export type { TalkRim } from './wire';
