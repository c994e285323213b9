export { CheckPanel } from './check-panel';
