export type Changes = Disposable & {
  version(): number;
  /** Something that a person could see is different now. */
  touch(): void;
  /** Calls `heard` with the version at most every 30 ms; returns how to stop. */
  watch(heard: (version: number) => void): () => void;
};

const gatherMs = 30;

/** Versions grow over restarts too, so that a page left open sees that there is something new. */
export function makeChanges(): Changes {
  let version = Date.now();
  let timer: NodeJS.Timeout | undefined;
  const watchers = new Set<(version: number) => void>();

  return {
    version: () => version,
    touch() {
      version += 1;
      timer ??= setTimeout(() => {
        timer = undefined;
        for (const heard of watchers) heard(version);
      }, gatherMs);
    },
    watch(heard) {
      watchers.add(heard);
      return () => void watchers.delete(heard);
    },
    [Symbol.dispose]() {
      clearTimeout(timer);
      watchers.clear();
    },
  };
}
