/** Carries small messages between the services of one process, and between instances when there are several. */
export interface Bus {
  publish(topic: string, message: unknown): void;
  /** Returns a function that ends the subscription. */
  subscribe(topic: string, listener: (message: unknown) => void): () => void;
}
