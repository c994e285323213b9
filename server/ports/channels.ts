/** Who listens to a channel. */
export interface ChannelListener {
  /** What another instance sent, in the order of its sending. `from` names the instance; `age` is how long it was under way, in ms. */
  heard(from: string, bytes: Uint8Array, age: number): void;
  /** From now on everything is heard; before this something may have been missed. At the opening, and after each interruption. */
  whole(): void;
}

export interface Channel {
  /** To all other instances that have the channel open. What cannot be sent at once is dropped. */
  send(bytes: Uint8Array): void;
  /** False while nothing can be sent or heard. */
  readonly connected: boolean;
  close(): void;
}

/** Carries bytes between instances, fast and unkept: whoever needs all of it can do without any of it. */
export interface Channels {
  open(name: string, listener: ChannelListener): Channel;
}
