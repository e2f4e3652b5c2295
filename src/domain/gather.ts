export type Gathering<Asked, Answer> = {
  /** Answers all of them together, in their order, or none. */
  work(asked: readonly Asked[]): Promise<readonly Answer[]>;
  weigh(asked: Asked): number;
  /** As much as goes together; one that weighs more goes alone. */
  most: number;
  /** Whether it may be the fault of one of them: then each is tried on its own. */
  ownFault(error: unknown): boolean;
};

/**
 * Does together what is asked for at the same time: what comes while something is under way waits for its
 * end, and then goes at once. One that comes alone waits for nothing. They are answered in their order.
 */
export function gathering<Asked, Answer>(
  about: Gathering<Asked, Answer>,
): (asked: Asked) => Promise<Answer> {
  type Waiting = PromiseWithResolvers<Answer> & { asked: Asked };
  const waiting: Waiting[] = [];
  let busy = false;

  function next(): Waiting[] {
    let weight = 0;
    const end = waiting.findIndex(({ asked }, n) => (weight += about.weigh(asked)) > about.most && n > 0); // prettier-ignore
    return waiting.splice(0, end < 0 ? waiting.length : end);
  }

  async function answer(group: readonly Waiting[]): Promise<void> {
    try {
      const answers = await about.work(group.map(({ asked }) => asked));
      for (const [n, one] of answers.entries()) group[n]?.resolve(one);
    } catch (error) {
      if (group.length > 1 && about.ownFault(error)) for (const one of group) await answer([one]);
      else for (const one of group) one.reject(error);
    }
  }

  async function workOff(): Promise<void> {
    busy = true;
    // Whoever asks for several things asks for them before this goes on.
    await Promise.resolve();
    while (waiting.length > 0) await answer(next());
    busy = false;
  }

  return (asked) => {
    const one = { ...Promise.withResolvers<Answer>(), asked };
    waiting.push(one);
    if (!busy) void workOff();
    return one.promise;
  };
}
