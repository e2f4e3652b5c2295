import { useEffect, useState } from "preact/hooks";
import type { Workspace } from "./model.ts";

/** What is open in the middle, and beside it. It stands in the address, so that a reload keeps the place. */
export type Route =
  { kind: "home" } | { kind: "channel"; channel: string; thread: string | undefined };

function readRoute(hash: string): Route | undefined {
  if (hash === "#/home") return { kind: "home" };
  const [, channel, thread] = /^#\/c\/(\w+)(?:\/([\d.]+))?$/.exec(hash) ?? [];
  return channel ? { kind: "channel", channel, thread } : undefined;
}

export function hashOf(route: Route): string {
  if (route.kind === "home") return "#/home";
  return `#/c/${route.channel}${route.thread ? `/${route.thread}` : ""}`;
}

/** Opens a place without piling up history when it is the same channel. */
export function go(route: Route): void {
  location.hash = hashOf(route);
}

/** The place that is open: the one in the address if this person can see it, else the first channel with the app. */
export function useRoute(workspace: Workspace | undefined): Route | undefined {
  const [hash, setHash] = useState(location.hash);
  useEffect(() => {
    const follow = () => setHash(location.hash);
    addEventListener("hashchange", follow);
    return () => removeEventListener("hashchange", follow);
  }, []);
  if (!workspace) return undefined;
  const asked = readRoute(hash);
  if (asked?.kind === "home") return asked;
  if (asked && workspace.channels.some(({ id }) => id === asked.channel)) return asked;
  const first = workspace.channels.find((one) => one.bot_is_member && one.kind === "channel");
  const channel = (first ?? workspace.channels[0])?.id;
  return channel ? { kind: "channel", channel, thread: undefined } : { kind: "home" };
}
