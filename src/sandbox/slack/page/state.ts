import { createContext } from "preact";
import { useContext, useEffect, useState } from "preact/hooks";
import { fetchWorkspace } from "./api.ts";
import type { Workspace } from "./model.ts";
import { share } from "./share.ts";

/** What is known of the workspace, and whether it is kept up to date right now. */
export type Live = { workspace: Workspace | undefined; link: "opening" | "live" | "lost" };

const again = 1500;

/** The workspace as this person sees it, read again whenever the sandbox says that something changed. */
export function useLive(user: string | undefined): Live {
  const [live, setLive] = useState<Live>({ workspace: undefined, link: "opening" });
  useEffect(() => follow(user, setLive), [user]);
  return live;
}

function follow(user: string | undefined, set: (next: (live: Live) => Live) => void): () => void {
  let closed = false;
  let loading = false;
  let stale = false;
  let known = -1;
  let events: EventSource | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;

  const lost = () => {
    if (closed) return;
    set((live) => ({ ...live, link: "lost" }));
    clearTimeout(retry);
    retry = setTimeout(listen, again);
  };

  // One request at a time: a change that comes while it is under way is fetched right after.
  const refresh = async () => {
    stale = true;
    if (loading) return;
    loading = true;
    try {
      while (stale && !closed) {
        stale = false;
        const next = await fetchWorkspace(user);
        if (closed) return;
        known = next.version;
        set((live) => ({ workspace: share(live.workspace, next), link: "live" }));
      }
    } catch {
      lost();
    } finally {
      loading = false;
    }
  };

  const listen = () => {
    events?.close();
    events = new EventSource("/ui/events");
    events.onopen = () => void refresh();
    events.onerror = lost;
    events.onmessage = ({ data }) => {
      const { version } = JSON.parse(String(data)) as { version: number };
      if (version !== known) void refresh();
    };
  };

  listen();
  void refresh();
  return () => {
    closed = true;
    clearTimeout(retry);
    events?.close();
  };
}

const WorkspaceContext = createContext<Workspace | undefined>(undefined);
export const WorkspaceProvider = WorkspaceContext.Provider;

/** The workspace that is shown. Only for what is drawn inside the provider. */
export function useWorkspace(): Workspace {
  const workspace = useContext(WorkspaceContext);
  if (!workspace) throw new Error("useWorkspace is called outside WorkspaceProvider");
  return workspace;
}
