export { markAt } from './mark-at';
export { Timeline } from './timeline';
export { showRange, showWhole, watchRange, zoomTo } from './use-view';
