export { openChannel } from './channel/channel-tab';
export { ChannelView } from './channel/channel-view';
export { Console } from './console';
export { PhoneConsole } from './phone-console';
export { nextStripWidth } from './strip-width';
