export type { Blobs } from './blobs';
export type { Bus } from './bus';
export { publish, subscribe, type Topics } from './topics';
export type { LoggedGesture, LoggedUpdate, NewGesture, NewUpdate, UpdateLog } from './update-log';
