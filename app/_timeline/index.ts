export { markAt } from './mark-at';
export { Timeline } from './timeline';
export { showWhole, zoomTo } from './use-view';
