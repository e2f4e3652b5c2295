/** What a worker has of its flow, or of a credential; another may take it when this one seems to be dead. */
export type Grip = {
  /**
   * Whether it is certainly in hand: null, or it is asked.
   * @throws Fenced when it is another's by now @throws StoreAway when nobody can tell
   */
  sure(): Promise<void> | null;
};

/**
 * Sends something once that is certain. Nothing comes in between: what is sent has left before anybody else
 * has a turn, so that only a process that is stopped within that moment could send too late.
 */
export async function onceSure<Made>(
  grip: Grip | null | undefined,
  send: () => Promise<Made>,
): Promise<Made> {
  if (grip) for (let doubt = grip.sure(); doubt !== null; doubt = grip.sure()) await doubt;
  return send();
}
