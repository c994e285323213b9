import type { Bus } from '../ports';

/**
 * The bus of a single process. Delivery happens after the publisher's present step, in the order of publishing, so that a listener
 * never runs inside the service that published. What a listener throws goes to `onError` and to nobody else.
 */
export function inProcessBus(onError: (error: unknown, topic: string) => void): Bus {
  const topics = new Map<string, Set<(message: unknown) => void>>();
  return {
    publish(topic, message) {
      queueMicrotask(() => {
        for (const listener of [...(topics.get(topic) ?? [])]) {
          try {
            listener(message);
          } catch (error) {
            onError(error, topic);
          }
        }
      });
    },
    subscribe(topic, listener) {
      const listeners = topics.get(topic) ?? new Set();
      topics.set(topic, listeners);
      // Wrapped, so that the same function subscribed twice is two subscriptions.
      const own = (message: unknown) => listener(message);
      listeners.add(own);
      return () => {
        listeners.delete(own);
        if (listeners.size === 0 && topics.get(topic) === listeners) topics.delete(topic);
      };
    },
  };
}
