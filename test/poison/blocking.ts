/**
 * How long the event loop had nothing for anybody else, at most, in milliseconds. Measured by what this
 * thread computed between two turns of the loop and not by the clock, since on a busy machine others take
 * their time too.
 */
export function watchBlocking(): { end(): number } {
  let most = 0;
  let before = process.threadCpuUsage();
  const look = (): void => {
    const { user, system } = process.threadCpuUsage(before);
    most = Math.max(most, (user + system) / 1000);
    before = process.threadCpuUsage();
  };
  const ticking = setInterval(look, 1);
  return {
    end() {
      look();
      clearInterval(ticking);
      return most;
    },
  };
}
