import { useLayoutEffect, useMemo, useRef } from "preact/hooks";
import { usageFor, type Sources } from "./completion.ts";
import { useComposing } from "./composing.ts";
import { html } from "./html.ts";
import { Icon } from "./icon.ts";
import type { Command, Workspace } from "./model.ts";
import { useWorkspace } from "./state.ts";
import { Suggestions } from "./suggestions.ts";

type Props = { channel: string; thread?: string; placeholder: string };

/** What the workspace itself answers, whatever app is connected. */
const own: Command[] = [
  {
    command: "/invite",
    description: "Bring the app or a person into this channel",
    usage_hint: "@name",
  },
  {
    command: "/remove",
    description: "Take the app or a person out of this channel",
    usage_hint: "@name",
  },
];

/** Where messages and commands are typed. */
export function Composer({ channel, thread, placeholder }: Props) {
  const workspace = useWorkspace();
  const sources = useMemo(
    () => sourcesOf(workspace, thread !== undefined),
    [workspace.commands, workspace.users, thread],
  );
  const box = useRef<HTMLTextAreaElement>(null);
  const composing = useComposing({ user: workspace.me.id, channel, thread, sources, box });
  const { text, completion, active, error, running } = composing;
  useLayoutEffect(() => box.current?.focus({ preventScroll: true }), []);
  const listId = `suggestions-${thread ? "thread" : "channel"}`;
  const usage = usageFor(text, sources.commands);

  return html`<div class="composer">
    ${
      completion &&
      html`<${Suggestions}
        id=${listId}
        items=${completion.items}
        active=${active}
        onPick=${composing.pick}
        onActive=${composing.setActive}
      />`
    }
    <div class=${error ? "composer-box wrong" : "composer-box"}>
      <label class="composer-field" data-testid=${thread ? "thread-composer" : "composer"}>
        <textarea
          ref=${box}
          rows="1"
          aria-label=${placeholder}
          aria-autocomplete="list"
          aria-controls=${completion ? listId : undefined}
          aria-activedescendant=${completion && active >= 0 ? `${listId}-${active}` : undefined}
          aria-invalid=${error !== undefined}
          placeholder=${placeholder}
          autocomplete="off"
          value=${text}
          onInput=${(event: Event) => composing.put((event.currentTarget as HTMLTextAreaElement).value)}
          onKeyDown=${composing.onKeyDown}
        ></textarea>
      </label>
      <button
        type="button"
        class="send"
        aria-label="Send"
        disabled=${text.trim() === ""}
        onClick=${() => void composing.send()}
      >
        <${Icon} name="send" />
      </button>
    </div>
    <${Note} running=${running} error=${error} usage=${usage} />
  </div>`;
}

type NoteProps = { running: string[]; error: string | undefined; usage: string | undefined };

/** The quiet line under the box: what is under way, what went wrong, or how the command is used. */
function Note({ running, error, usage }: NoteProps) {
  const busy = running.length > 0;
  return html`<div class="composer-note">
    <span class="composer-status" role="status">
      ${
        busy &&
        html`<span class="spinner" aria-hidden="true"></span
          ><span>Running ${running.join(", ")} …</span>`
      }
    </span>
    ${error && html`<span class="composer-error" role="alert">${error}</span>`}
    ${!error && !busy && usage && html`<code class="usage">${usage}</code>`}
  </div>`;
}

function sourcesOf({ commands, users }: Workspace, inThread: boolean): Sources {
  const people = users
    .filter((user) => !user.deleted)
    .map((user) => ({
      name: user.real_name,
      about: user.is_bot ? "App" : (user.profile?.title ?? ""),
    }));
  return { commands: inThread ? [] : [...commands, ...own], people };
}

/** Puts the caret into the channel's composer, wherever it is. */
export function focusComposer(): void {
  document.querySelector<HTMLElement>("[data-testid=composer] textarea")?.focus();
}
