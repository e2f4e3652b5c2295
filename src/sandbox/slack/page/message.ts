import { useMemo, useRef } from "preact/hooks";
import { Avatar } from "./avatar.ts";
import { Blocks } from "./blocks/block.ts";
import { Picture } from "./blocks/image.ts";
import type { Block } from "./blocks/model.ts";
import { useFocusKept } from "./focus-kept.ts";
import { html } from "./html.ts";
import { Icon } from "./icon.ts";
import { displayName, type Message, type SharedFile } from "./model.ts";
import { go } from "./route.ts";
import { useWorkspace } from "./state.ts";
import { useSurface } from "./surface.ts";
import { Mrkdwn } from "./text.ts";
import { clockTime, fullTime, momentOf } from "./time.ts";

type Props = {
  message: Message;
  /** Follows one of the same person closely, so that name and picture need not be said again. */
  follows: boolean;
  /** Whether replies are offered; not inside a thread. */
  replies: boolean;
};

/** One message: who, when, and its blocks or text. */
export function MessageView({ message, follows, replies }: Props) {
  const { users, me } = useWorkspace();
  const box = useRef<HTMLElement>(null);
  useFocusKept(box, message);
  const author = users.find(({ id }) => id === message.user);
  const name = author ? displayName(author) : message.user;
  const moment = momentOf(message.ts);
  const clock = clockTime(moment, me.tz);
  const time = html`<time class="time" title=${fullTime(moment, me.tz)}>${clock}</time>`;
  const isApp = message.bot_id !== undefined || author?.is_bot === true;
  return html`<article
    ref=${box}
    class=${`message ${follows ? "follows" : ""} ${message.ephemeral ? "ephemeral" : ""}`}
    data-ts=${message.ts}
    aria-label=${`${name}, ${clock}`}
    tabindex="-1"
  >
    <div class="gutter">
      ${follows ? time : html`<${Avatar} user=${author} id=${message.user} />`}
    </div>
    <div class="message-main">
      ${message.ephemeral && html`<div class="only-you">Only visible to you</div>`}
      ${!follows && html`<${Byline} name=${name} isApp=${isApp} time=${time} />`}
      <${Content} message=${message} user=${me.id} />
      ${message.files?.map((file) => html`<${FileView} key=${file.id} file=${file} />`)}
      ${replies && html`<${Replies} message=${message} />`}
    </div>
  </article>`;
}

function Byline({ name, isApp, time }: { name: string; isApp: boolean; time: unknown }) {
  return html`<div class="byline">
    <span class="author">${name}</span>
    ${isApp && html`<span class="badge">APP</span>`} ${time}
  </div>`;
}

/** The way into the thread: the number of replies, or a small button to begin one. */
function Replies({ message }: { message: Message }) {
  const open = () => go({ kind: "channel", channel: message.channel, thread: message.ts });
  const count = message.reply_count ?? 0;
  return [
    count > 0 &&
      html`<button type="button" class="replies" onClick=${open}>
        ${count === 1 ? "1 reply" : `${count} replies`}
      </button>`,
    !message.ephemeral &&
      html`<div class="hover-tools">
        <button type="button" onClick=${open} aria-label="Reply in thread" title="Reply in thread">
          <${Icon} name="reply" />
        </button>
      </div>`,
  ];
}

const none: Block[] = [];

function Content({ message, user }: { message: Message; user: string }) {
  const { channel, ts, blocks = none, text, edited } = message;
  const container = useMemo(() => ({ kind: "message", channel, ts }) as const, [channel, ts]);
  const surface = useSurface({ user, container, blocks, here: channel });
  return html`<div class="content">
    ${
      blocks.length > 0
        ? html`<${Blocks} blocks=${blocks} surface=${surface} />`
        : html`<${Mrkdwn} text=${text} />`
    }
    ${edited && blocks.length === 0 && html`<span class="edited">(edited)</span>`}
  </div>`;
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
  const href = `/ui/files/${encodeURIComponent(file.id)}`;
  return html`<a class="file" href=${href} target="_blank" rel="noopener">${name}</a>`;
}
