export { entry, foldIntoLoop, positionAt } from './anchor';
export { PROBING, ServerClock } from './server-clock';
