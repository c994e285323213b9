type Release = () => void;

/**
 * Owns everything that must be let go of together: listeners, timers, frames, workers, child scopes.
 * `close()` releases in reverse order, once; adding to a closed scope releases at once.
 */
export class Scope {
  private releases: Release[] = [];
  private closed = false;

  get isClosed(): boolean {
    return this.closed;
  }

  /** Calls `release` when the scope closes. Returns a function that releases early. */
  add(release: Release): Release {
    if (this.closed) {
      release();
      return () => {};
    }
    this.releases.push(release);
    return () => {
      const at = this.releases.indexOf(release);
      if (at < 0) return;
      this.releases.splice(at, 1);
      release();
    };
  }

  /** Adds an event listener that is removed with the scope. */
  listen(
    target: { addEventListener: (type: string, listener: never) => void; removeEventListener: (type: string, listener: never) => void },
    type: string,
    listener: (event: never) => void,
  ): Release {
    target.addEventListener(type, listener as never);
    return this.add(() => target.removeEventListener(type, listener as never));
  }

  /** Runs `tick` every `ms` milliseconds until the scope closes. */
  every(ms: number, tick: () => void): Release {
    const timer = setInterval(tick, ms);
    return this.add(() => clearInterval(timer));
  }

  /** Runs `run` once after `ms` milliseconds unless the scope closes first. */
  after(ms: number, run: () => void): Release {
    if (this.closed) return () => {};
    const timer = setTimeout(() => {
      // Lets go of itself: a scope that lives long would otherwise hold every timer it ever had.
      release();
      run();
    }, ms);
    const release = this.add(() => clearTimeout(timer));
    return release;
  }

  child(): Scope {
    const scope = new Scope();
    this.add(() => scope.close());
    return scope;
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    for (const release of this.releases.reverse()) release();
    this.releases = [];
  }
}
