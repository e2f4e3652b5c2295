import type { ChosenFile, Option, OptionGroup } from "./blocks/model.ts";
import type { Container, Workspace } from "./model.ts";
import type { StateValue, Values } from "./values.ts";

export type Outcome = { ok: boolean; error?: string; errors?: Record<string, string> };
export type Action = { type: string; block_id: string; action_id: string } & Partial<StateValue> & {
    value?: string | null;
    selected_option?: Option | null;
  };
export type Suggested = { options?: Option[]; option_groups?: OptionGroup[]; error?: string };

const silent: Outcome = { ok: false, error: "sandbox_unreachable" };

/** Everything this person sees now; the first person when this one does not exist. Throws when the sandbox does not answer. */
export async function fetchWorkspace(user: string | undefined): Promise<Workspace> {
  const query = user ? `?user=${encodeURIComponent(user)}` : "";
  const response = await fetch(`/ui/state${query}`);
  if (response.status === 404 && user) return fetchWorkspace(undefined);
  if (!response.ok) throw new Error(`The sandbox answered ${response.status}.`);
  return (await response.json()) as Workspace;
}

/** Never throws: a sandbox that is away is an outcome like any other. */
async function post<T>(path: string, body: object): Promise<T | typeof silent> {
  try {
    const response = await fetch(path, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    return (await response.json()) as T;
  } catch {
    return silent;
  }
}

export const sendCommand = (user: string, channel: string, text: string) =>
  post<Outcome>("/ui/command", { user, channel, text });

export const sendMessage = (user: string, channel: string, text: string, thread?: string) =>
  post<Outcome>("/ui/message", {
    user,
    channel,
    text,
    ...(thread ? { thread_ts: thread } : {}),
  });

export const sendAction = (user: string, container: Container, action: Action, values: Values) =>
  post<Outcome>("/ui/action", { user, container, action, values });

export const submitView = (user: string, viewId: string, values: Values) =>
  post<Outcome>("/ui/submit", { user, view_id: viewId, values });

export const closeView = (user: string, viewId: string) =>
  post<Outcome>("/ui/close", { user, view_id: viewId });

export const openHome = (user: string) => post<Outcome>("/ui/home", { user });

export const suggest = (
  user: string,
  container: Container,
  at: { block_id: string; action_id: string },
  value: string,
): Promise<Suggested> => post<Suggested>("/ui/suggest", { user, container, ...at, value });

/** Uploads a file while a form is filled in; the app sees it once the form is handed in. */
export async function uploadFile(
  user: string,
  file: File,
): Promise<{ file: ChosenFile } | { error: string }> {
  const query = new URLSearchParams({ user, name: file.name });
  try {
    const response = await fetch(`/ui/files?${query.toString()}`, { method: "POST", body: file });
    return (await response.json()) as { file: ChosenFile } | { error: string };
  } catch {
    return { error: "sandbox_unreachable" };
  }
}

const sentences: ReadonlyMap<string, string> = new Map([
  ["sandbox_unreachable", "The sandbox does not answer. Is it still running?"],
  ["operation_timeout", "The app did not answer within 3 seconds."],
  ["dispatch_failed", "The app is not connected, so nobody received this."],
  ["not_connected", "The app is not connected, so nobody received this."],
  ["not_in_channel", "You are not in this channel."],
  ["unknown_command", "No such command. Type / to see those there are."],
  ["message_not_found", "That message is gone."],
  ["file_empty", "That file is empty."],
  ["file_too_large", "That file is larger than 10 MB."],
]);

/** A sentence for an error of the sandbox; one that already is a sentence stays as it is. */
export function explain(error: string | undefined): string {
  if (!error) return "That did not work, and the sandbox did not say why.";
  return sentences.get(error) ?? (error.includes(" ") ? error : `That did not work: ${error}.`);
}
