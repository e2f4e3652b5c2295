import { useEffect, useRef, useState } from "preact/hooks";
import { explain, sendCommand, sendMessage } from "./api.ts";
import {
  accept,
  completionAt,
  isComplete,
  usageFor,
  type Completion,
  type Suggestion,
} from "./completion.ts";
import { rememberLine, sentLines } from "./history.ts";
import { html } from "./html.ts";
import { useWorkspace } from "./state.ts";
import { Suggestions } from "./suggestions.ts";

type Props = { channel: string; thread?: string; placeholder: string };

const unsent = new Map<string, string>();
const inThread =
  "Slash commands do not run in threads. Type it in the channel, or mention the app here.";

/** Where messages and commands are typed. What is not sent yet stays with its channel or thread. */
export function Composer({ channel, thread, placeholder }: Props) {
  const { me, commands } = useWorkspace();
  const place = `${me.id} ${channel} ${thread ?? ""}`;
  const [text, setText] = useState(unsent.get(place) ?? "");
  const [active, setActive] = useState(-1);
  const [dismissed, setDismissed] = useState<string | undefined>();
  const [error, setError] = useState<string | undefined>();
  const [running, setRunning] = useState<string[]>([]);
  const [recalled, setRecalled] = useState<number | undefined>();
  const box = useRef<HTMLTextAreaElement>(null);
  useEffect(() => box.current?.focus({ preventScroll: true }), [place]);

  const completion =
    dismissed === text || recalled !== undefined || thread
      ? undefined
      : completionAt(text, text.length, commands);
  const listId = `suggestions-${thread ? "thread" : "channel"}`;

  const put = (next: string, at?: number) => {
    unsent.set(place, next);
    setText(next);
    setRecalled(at);
    setError(undefined);
    const offered = at === undefined ? completionAt(next, next.length, commands) : undefined;
    setActive(offered?.eager ? 0 : -1);
  };
  const pick = (offered: Completion, suggestion: Suggestion) => {
    put(accept(text, offered, suggestion));
    box.current?.focus();
  };

  const send = async () => {
    const line = text.trim();
    if (line === "") return;
    if (line.startsWith("/") && thread) return setError(inThread);
    rememberLine(line);
    put("");
    setRunning((all) => [...all, line]);
    const outcome = line.startsWith("/")
      ? await sendCommand(me.id, channel, line)
      : await sendMessage(me.id, channel, line, thread);
    setRunning((all) => all.toSpliced(all.indexOf(line), 1));
    if (outcome.ok) return;
    // Given back for another try, unless something new is being typed already.
    if (!unsent.get(place)) put(line, -1);
    setError(explain(outcome.error));
  };

  const recall = (step: -1 | 1): boolean => {
    const lines = sentLines();
    const at = recalled === undefined || recalled < 0 ? lines.length : recalled;
    const next = at + step;
    if (next < 0 || (recalled === undefined && (step > 0 || text !== ""))) return false;
    put(lines[next] ?? "", next < lines.length ? next : undefined);
    return true;
  };

  /** True when a key was used by the list of suggestions. */
  const inList = (key: string, offered: Completion): boolean => {
    const count = offered.items.length;
    if (key === "ArrowDown" || key === "ArrowUp") {
      if (active < 0 && key === "ArrowUp" && text === "") return false;
      setActive((at) =>
        at < 0
          ? key === "ArrowDown"
            ? 0
            : count - 1
          : (at + (key === "ArrowDown" ? 1 : count - 1)) % count,
      );
      return true;
    }
    if (key === "Escape") {
      setDismissed(text);
      return true;
    }
    const suggestion = offered.items[key === "Tab" ? Math.max(active, 0) : active];
    if (!suggestion || (key !== "Tab" && key !== "Enter")) return false;
    if (key === "Enter" && isComplete(text, offered, suggestion)) return false;
    pick(offered, suggestion);
    return true;
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey)
      return;
    if (completion && inList(event.key, completion)) return event.preventDefault();
    if (event.key === "Enter") {
      event.preventDefault();
      void send();
    } else if (event.key === "ArrowUp" || event.key === "ArrowDown") {
      const oneLine = !text.includes("\n");
      if (oneLine && recall(event.key === "ArrowUp" ? -1 : 1)) event.preventDefault();
    }
  };

  const usage = usageFor(text, commands);
  const status = running.length > 0 ? `Sending ${running.join(", ")} …` : "";
  return html`<div class="composer">
    ${completion && html`<${Suggestions} id=${listId} items=${completion.items} active=${active} onPick=${(item: Suggestion) => pick(completion, item)} onActive=${setActive} />`}
    <div class=${error ? "composer-box wrong" : "composer-box"}>
      <textarea
        ref=${box}
        rows="1"
        data-testid=${thread ? "thread-composer" : "composer"}
        role="combobox"
        aria-label=${placeholder}
        aria-autocomplete="list"
        aria-expanded=${completion !== undefined}
        aria-controls=${listId}
        aria-activedescendant=${completion && active >= 0 ? `${listId}-${active}` : undefined}
        aria-invalid=${error ? true : undefined}
        placeholder=${placeholder}
        autocomplete="off"
        value=${text}
        onInput=${(event: Event) => put((event.currentTarget as HTMLTextAreaElement).value)}
        onKeyDown=${onKeyDown}
      ></textarea>
      <button
        type="button"
        class="send"
        aria-label="Send"
        disabled=${text.trim() === ""}
        onClick=${() => void send()}
      >
        <span aria-hidden="true">➤</span>
      </button>
    </div>
    <div class="composer-note">
      <span class="composer-status" role="status">
        ${status && html`<span class="spinner" aria-hidden="true"></span><span>${status}</span>`}
      </span>
      ${error ? html`<span class="composer-error" role="alert">${error}</span>` : !status && usage && html`<code class="usage">${usage}</code>`}
    </div>
  </div>`;
}
