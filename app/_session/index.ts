export { SessionProvider, useSession } from './session-context';
export { useHand, useMix, usePart, useStore, useValue, useValues } from './stores';
