export { CheckPanel } from './check-panel';
export { titleOf } from './words';
