export { MetersPanel } from './meters-panel';
