export type { Blobs } from './blobs';
export type { Bus } from './bus';
export type { LoggedUpdate, NewUpdate, UpdateLog } from './update-log';
