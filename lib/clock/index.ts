export { entry, foldIntoLoop, positionAt } from './anchor';
export { ServerClock } from './server-clock';
