/** Lets what has arrived meanwhile be heard: `take` resolves behind all messages that wait now. `end` when it is not needed any more. */
export function createBreath(): { take(): Promise<void>; end(): void } {
  const { port1, port2 } = new MessageChannel();
  let waiting: (() => void)[] = [];
  port1.onmessage = () => {
    const taken = waiting;
    waiting = [];
    for (const resolve of taken) resolve();
  };
  return {
    take: () =>
      new Promise((resolve) => {
        waiting.push(resolve);
        port2.postMessage(null);
      }),
    end: () => port1.close(),
  };
}
