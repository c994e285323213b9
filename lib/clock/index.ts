export { entry, positionAt } from './anchor';
export { ServerClock } from './server-clock';
