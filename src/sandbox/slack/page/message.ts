import { useLayoutEffect, useMemo, useRef } from "preact/hooks";
import { Avatar } from "./avatar.ts";
import { Blocks } from "./blocks/block.ts";
import { Picture } from "./blocks/image.ts";
import type { Block } from "./blocks/model.ts";
import { html } from "./html.ts";
import { displayName, type Message, type SharedFile, type Workspace } from "./model.ts";
import { go } from "./route.ts";
import { useWorkspace } from "./state.ts";
import { useSurface } from "./surface.ts";
import { Mrkdwn } from "./text.ts";
import { clockTime, fullTime, momentOf } from "./time.ts";

type Props = {
  message: Message;
  /** Follows one of the same person closely, so that name and picture need not be said again. */
  follows: boolean;
  /** Whether replies are offered; not inside a thread, nor on what only one person sees. */
  replies: boolean;
};

/** One message: who, when, and its blocks or text. */
export function MessageView({ message, follows, replies }: Props) {
  const workspace = useWorkspace();
  const box = useRef<HTMLElement>(null);
  useFocusKept(box, message);
  const author = workspace.users.find(({ id }) => id === message.user);
  const name = author ? displayName(author) : message.user;
  const moment = momentOf(message.ts);
  const time = html`<time class="time" title=${fullTime(moment, workspace.me.tz)}
    >${clockTime(moment, workspace.me.tz)}</time
  >`;
  const open = () => go({ kind: "channel", channel: message.channel, thread: message.ts });
  return html`<article
    ref=${box}
    class=${`message ${follows ? "follows" : ""} ${message.ephemeral ? "ephemeral" : ""}`}
    data-ts=${message.ts}
    aria-label=${`${name}, ${clockTime(moment, workspace.me.tz)}`}
    tabindex="-1"
  >
    <div class="gutter">
      ${follows ? time : html`<${Avatar} user=${author} id=${message.user} />`}
    </div>
    <div class="message-main">
      ${message.ephemeral && html`<div class="only-you">Only visible to you</div>`}
      ${
        !follows &&
        html`<div class="byline">
          <span class="author">${name}</span>
          ${(message.bot_id ?? author?.is_bot) && html`<span class="badge">APP</span>`} ${time}
        </div>`
      }
      <div class="content">
        <${Content} message=${message} workspace=${workspace} />
        ${message.edited && !message.blocks?.length && html`<span class="edited"> (edited)</span>`}
      </div>
      ${message.files?.map((file) => html`<${FileView} key=${file.id} file=${file} />`)}
      ${
        replies &&
        !!message.reply_count &&
        html`<button type="button" class="replies" onClick=${open}>
          ${message.reply_count} ${message.reply_count === 1 ? "reply" : "replies"}
        </button>`
      }
    </div>
    ${
      replies &&
      !message.ephemeral &&
      html`<div class="hover-tools">
        <button type="button" onClick=${open} aria-label="Reply in thread" title="Reply in thread">
          ↳
        </button>
      </div>`
    }
  </article>`;
}

const none: Block[] = [];

function Content({ message, workspace }: { message: Message; workspace: Workspace }) {
  const { channel, ts, blocks = none, text } = message;
  const container = useMemo(() => ({ kind: "message", channel, ts }) as const, [channel, ts]);
  const user = workspace.me.id;
  const surface = useSurface({ user, container, blocks, here: channel });
  if (blocks.length === 0) return html`<div class="plain"><${Mrkdwn} text=${text} /></div>`;
  return html`<${Blocks} blocks=${blocks} surface=${surface} />`;
}

function FileView({ file }: { file: SharedFile }) {
  const name = file.title ?? file.name ?? file.id;
  if (file.mimetype?.startsWith("image/")) {
    const image = { type: "image", slack_file: { id: file.id }, alt_text: name };
    return html`<figure class="figure">
      <figcaption>${name}</figcaption>
      <${Picture} image=${image} look="block-image" />
    </figure>`;
  }
  return html`<a
    class="file"
    href=${`/ui/files/${encodeURIComponent(file.id)}`}
    target="_blank"
    rel="noopener"
    >${name}</a
  >`;
}

/** When the button somebody stands on goes away with an edit, focus stays at the message instead of falling out of the page. */
function useFocusKept(box: { current: HTMLElement | null }, message: Message): void {
  const inside = useRef(false);
  useLayoutEffect(() => {
    const element = box.current;
    if (inside.current && document.activeElement === document.body) element?.focus();
    const into = () => void (inside.current = true);
    const out = (event: FocusEvent) => {
      // Without a next element it may be a removal; then the effect above decides.
      if (event.relatedTarget) inside.current = false;
    };
    const press = () => void (inside.current = false);
    element?.addEventListener("focusin", into);
    element?.addEventListener("focusout", out);
    document.addEventListener("pointerdown", press);
    return () => {
      element?.removeEventListener("focusin", into);
      element?.removeEventListener("focusout", out);
      document.removeEventListener("pointerdown", press);
    };
  }, [message]);
}
