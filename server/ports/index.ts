export type { SharedAnchors } from './anchors';
export { checkedKey } from './blob-key';
export type { Blobs } from './blobs';
export type { Bus } from './bus';
export type { Channel, ChannelListener, Channels } from './channels';
export { type Elsewhere, KNOWN_MS, type SharedLines } from './shared-lines';
export { publish, subscribe, type Topics } from './topics';
export type { GoneOn, LoggedGesture, LoggedUpdate, NewGesture, NewUpdate, UpdateLog } from './update-log';
