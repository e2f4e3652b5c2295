import { useEffect, useState } from "preact/hooks";
import type { Workspace } from "./model.ts";

const newestOf = (workspace: Workspace, channel: string): string | undefined =>
  workspace.messages[channel]?.at(-1)?.ts;

/** The channels with something newer than when this person last looked. What was there at the start counts as seen. */
export function useUnread(workspace: Workspace, here: string | undefined): Set<string> {
  const [seen, setSeen] = useState<ReadonlyMap<string, string>>(new Map());
  const { me, channels } = workspace;
  const key = (channel: string) => `${me.id} ${channel}`;
  useEffect(() => {
    const next = new Map(seen);
    for (const { id } of channels) {
      const newest = newestOf(workspace, id) ?? "0";
      if (id === here || !next.has(key(id))) next.set(key(id), newest);
    }
    const same = next.size === seen.size && [...next].every(([one, ts]) => seen.get(one) === ts);
    if (!same) setSeen(next);
  }, [workspace, here]);
  const isNew = ({ id }: { id: string }) =>
    id !== here && (newestOf(workspace, id) ?? "0") > (seen.get(key(id)) ?? "9");
  return new Set(channels.filter(isNew).map(({ id }) => id));
}
