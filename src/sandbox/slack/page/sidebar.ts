import { Avatar } from "./avatar.ts";
import { html } from "./html.ts";
import { Icon, type IconName } from "./icon.ts";
import { Mark } from "./mark.ts";
import { displayName, type Channel, type Workspace } from "./model.ts";
import { hashOf, type Route } from "./route.ts";
import { safeUrl } from "./safe-url.ts";
import { useWorkspace } from "./state.ts";
import { useUnread } from "./unread.ts";
import { useDrawer } from "./drawer.ts";

type Props = { route: Route; open: boolean; onClose: () => void; onUser: (id: string) => void };

/** Channels, the app, the simulated tools, and who one is. */
export function Sidebar({ route, open, onClose, onUser }: Props) {
  const workspace = useWorkspace();
  const { team, channels, app, tools } = workspace;
  const here = route.kind === "channel" ? route.channel : undefined;
  const drawer = useDrawer(open, onClose);
  const unread = useUnread(workspace, here);
  const rooms = channels.filter(({ kind }) => kind === "channel");
  const direct = channels.filter(({ kind }) => kind === "im");
  const link = (channel: Channel, label: string, sign: IconName) =>
    html`<${SideLink}
      key=${channel.id}
      testId=${`channel-${channel.name}`}
      to=${hashOf({ kind: "channel", channel: channel.id, thread: undefined })}
      current=${here === channel.id}
      label=${label}
      sign=${sign}
      unread=${unread.has(channel.id)}
      onClick=${onClose}
    />`;
  return html`<nav ref=${drawer} class=${open ? "sidebar open" : "sidebar"} aria-label="Workspace">
      <div class="side-head">
        <${Mark} />
        <div><strong>${team.name}</strong><span>Tieline sandbox</span></div>
      </div>
      <div class="side-scroll">
        <h2>Channels</h2>
        ${rooms.map((channel) => link(channel, channel.name, channel.is_private ? "lock" : "hash"))}
        <h2>App</h2>
        <${SideLink}
          testId="app-home"
          to="#/home"
          current=${route.kind === "home"}
          label=${`${app.name} home`}
          sign="home"
          unread=${false}
          onClick=${onClose}
        />
        ${direct.map((channel) => link(channel, `Messages with ${app.name}`, "letter"))}
        <p class=${app.connected ? "link-state on" : "link-state"}>
          <span aria-hidden="true"></span
          >${`${app.name} is ${app.connected ? "connected" : "not connected"}`}
        </p>
        ${
          tools.length > 0 &&
          html`<h2>Simulated tools</h2>
            ${tools.map(({ name, url }) => html`<${ToolLink} key=${name} name=${name} url=${url} />`)}`
        }
      </div>
      <${Me} workspace=${workspace} onUser=${onUser} />
    </nav>
    ${open && html`<div class="side-shade" onClick=${onClose}></div>`}`;
}

type SideLinkProps = {
  testId: string;
  to: string;
  current: boolean;
  label: string;
  sign: IconName;
  unread: boolean;
  onClick: () => void;
};

function SideLink({ testId, to, current, label, sign, unread, onClick }: SideLinkProps) {
  return html`<a
    class=${unread ? "side-link unread" : "side-link"}
    href=${to}
    data-testid=${testId}
    aria-current=${current ? "page" : undefined}
    onClick=${onClick}
  >
    <${Icon} name=${sign} />
    <span class="side-label">${label}</span>
    ${unread && html`<span class="side-dot"><span class="sr-only">new messages</span></span>`}
  </a>`;
}

function ToolLink({ name, url }: { name: string; url: string }) {
  const safe = safeUrl(url);
  return html`<a class="side-link" href=${safe} target="_blank" rel="noopener">
    <${Icon} name="away" /><span class="side-label">${name}</span>
  </a>`;
}

function Me({ workspace, onUser }: { workspace: Workspace; onUser: (id: string) => void }) {
  const { me, users } = workspace;
  const people = users.filter((user) => !user.is_bot && !user.deleted);
  return html`<label class="me">
    <${Avatar} user=${me} id=${me.id} />
    <span class="me-text">
      <span class="me-label">You are</span>
      <select
        data-testid="you-are"
        value=${me.id}
        onChange=${(event: Event) => onUser((event.currentTarget as HTMLSelectElement).value)}
      >
        ${people.map((user) => html`<option key=${user.id} value=${user.id} selected=${user.id === me.id}>${displayName(user)}</option>`)}
      </select>
    </span>
  </label>`;
}
