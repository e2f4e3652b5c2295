import type { RefObject } from "preact";
import { useState } from "preact/hooks";
import { explain, sendCommand, sendMessage } from "./api.ts";
import {
  accept,
  completionAt,
  isComplete,
  type Completion,
  type Sources,
  type Suggestion,
} from "./completion.ts";
import { recall, rememberLine, type Recalled } from "./history.ts";
import { announceSent } from "./sticky-scroll.ts";

type Setting = {
  user: string;
  channel: string;
  thread: string | undefined;
  sources: Sources;
  box: RefObject<HTMLTextAreaElement | null>;
};

export type Composing = {
  text: string;
  completion: Completion | undefined;
  /** The suggestion that the arrows stand on, or -1. */
  active: number;
  setActive: (index: number) => void;
  error: string | undefined;
  /** The commands under way. */
  running: string[];
  put: (text: string) => void;
  pick: (suggestion: Suggestion) => void;
  send: () => Promise<void>;
  onKeyDown: (event: KeyboardEvent) => void;
};

// Outside the component, so that what is not sent yet stays with its channel or thread.
const unsent = new Map<string, string>();
const noCommandsHere =
  "Slash commands do not run in threads. Type it in the channel, or mention the app here.";

/** Everything a composer remembers and does: text, suggestions, history, sending. */
export function useComposing({ user, channel, thread, sources, box }: Setting): Composing {
  const place = `${user} ${channel} ${thread ?? ""}`;
  const [text, setText] = useState(unsent.get(place) ?? "");
  const [active, setActive] = useState(-1);
  const [dismissed, setDismissed] = useState<string | undefined>();
  const [error, setError] = useState<string | undefined>();
  const [running, setRunning] = useState<string[]>([]);
  const [recalled, setRecalled] = useState<Recalled | undefined>();

  const hidden = dismissed === text || recalled !== undefined;
  const completion = hidden ? undefined : completionAt(text, sources);

  const put = (next: string, from?: Recalled) => {
    unsent.set(place, next);
    setText(next);
    setRecalled(from);
    setError(undefined);
    setActive(completionAt(next, sources)?.eager ? 0 : -1);
  };
  const pick = (suggestion: Suggestion) => {
    if (completion) put(accept(text, completion, suggestion));
    box.current?.focus();
  };

  const send = async () => {
    const line = text.trim();
    if (line === "") return;
    const isCommand = line.startsWith("/");
    if (isCommand && thread) return setError(noCommandsHere);
    rememberLine(line);
    put("");
    if (!thread) announceSent();
    if (isCommand) setRunning((all) => [...all, line]);
    const outcome = isCommand
      ? await sendCommand(user, channel, line)
      : await sendMessage(user, channel, line, thread);
    setRunning((all) => all.filter((other) => other !== line));
    if (outcome.ok) return;
    // Given back for another try, unless something new is being typed already.
    if (!unsent.get(place)) put(line, { lines: [line], at: 0 });
    setError(explain(outcome.error));
  };

  const inList = (key: string, { items }: Completion): boolean => {
    if (key === "ArrowDown" || key === "ArrowUp") {
      setActive((at) => stepped(at, key === "ArrowDown" ? 1 : -1, items.length));
      return true;
    }
    if (key === "Escape") setDismissed(text);
    const suggestion = items[key === "Tab" ? Math.max(active, 0) : active];
    if (!suggestion || (key !== "Tab" && key !== "Enter")) return key === "Escape";
    if (key === "Enter" && completion && isComplete(text, completion, suggestion)) return false;
    pick(suggestion);
    return true;
  };
  const inHistory = (key: string): boolean => {
    if ((key !== "ArrowUp" && key !== "ArrowDown") || text.includes("\n")) return false;
    const next = recall(recalled, text, key === "ArrowUp" ? -1 : 1);
    if (next) put(next.text, next.recalled);
    return next !== undefined;
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing || isChord(event)) return;
    const { key } = event;
    const used = (completion && inList(key, completion)) || inHistory(key) || key === "Enter";
    if (!used) return;
    event.preventDefault();
    // What Enter did not pick, it sends.
    if (key === "Enter" && !picks(completion, active, text)) void send();
  };

  return { text, completion, active, setActive, error, running, put, pick, send, onKeyDown };
}

const isChord = (event: KeyboardEvent): boolean =>
  event.altKey || event.ctrlKey || event.metaKey || event.shiftKey;

function picks(completion: Completion | undefined, active: number, text: string): boolean {
  const suggestion = completion?.items[active];
  return (
    completion !== undefined &&
    suggestion !== undefined &&
    !isComplete(text, completion, suggestion)
  );
}

function stepped(at: number, step: 1 | -1, count: number): number {
  if (at < 0) return step > 0 ? 0 : count - 1;
  return (at + step + count) % count;
}
