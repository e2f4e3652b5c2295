import { render } from "preact";
import { useEffect, useState } from "preact/hooks";
import { ChannelPane } from "./channel.ts";
import { focusComposer } from "./composer.ts";
import { ConfirmHost } from "./confirm.ts";
import { HomePane } from "./home.ts";
import { html } from "./html.ts";
import { ModalHost } from "./modal.ts";
import type { Workspace } from "./model.ts";
import { useNotices } from "./notices.ts";
import { useRoute, type Route } from "./route.ts";
import { Sidebar } from "./sidebar.ts";
import { useLive, WorkspaceProvider, type Live } from "./state.ts";
import { ThreadPanel } from "./thread.ts";

const userKey = "tieline-sandbox-user";

function App() {
  // A tab is a person: two tabs can be two people.
  const [user, setUser] = useState(sessionStorage.getItem(userKey) ?? undefined);
  const live = useLive(user);
  const route = useRoute(live.workspace);
  const become = (id: string) => {
    sessionStorage.setItem(userKey, id);
    setUser(id);
  };
  return html`<div class="page">
    <div class="banner" role="note">
      <strong>Everything here is simulated.</strong> No real Slack and no real tool is touched.
    </div>
    <${LinkState} link=${live.link} />
    ${
      live.workspace && route
        ? html`<${WorkspaceProvider} value=${live.workspace}><${Shell} workspace=${live.workspace} route=${route} onUser=${become} /></${WorkspaceProvider}>`
        : html`<p class="opening" role="status">Opening the sandbox…</p>`
    }
    <${Notices} />
  </div>`;
}

type ShellProps = { workspace: Workspace; route: Route; onUser: (id: string) => void };

function Shell({ workspace, route, onUser }: ShellProps) {
  const [menu, setMenu] = useState(false);
  const here = route.kind === "channel" ? route.channel : undefined;
  const channel = workspace.channels.find(({ id }) => id === here);
  const thread = route.kind === "channel" ? route.thread : undefined;
  const title = channel
    ? channel.kind === "im"
      ? workspace.app.name
      : `#${channel.name}`
    : "Home";
  useEffect(() => {
    document.title = `${title} · Tieline sandbox`;
  }, [title]);
  useEffect(() => {
    document.addEventListener("keydown", toComposer);
    return () => document.removeEventListener("keydown", toComposer);
  }, []);
  const onMenu = () => setMenu(true);
  return html`<div class=${thread ? "shell with-thread" : "shell"}>
    <${Sidebar} route=${route} open=${menu} onClose=${() => setMenu(false)} onUser=${onUser} />
    ${channel ? html`<${ChannelPane} key=${channel.id} channel=${channel} onMenu=${onMenu} />` : html`<${HomePane} onMenu=${onMenu} />`}
    ${channel && thread && html`<${ThreadPanel} key=${thread} channel=${channel} root=${thread} />`}
    <${ModalHost} here=${here} />
    <${ConfirmHost} />
  </div>`;
}

/** A slash typed outside any field goes to the composer, which then offers the commands. */
function toComposer({ key, target }: KeyboardEvent): void {
  const inField = target instanceof Element && target.matches("input, textarea, select, dialog *");
  if (key === "/" && !inField) focusComposer();
}

function LinkState({ link }: { link: Live["link"] }) {
  return html`<div class="link-lost" role="status">
    ${link === "lost" ? "The sandbox does not answer. Trying again…" : ""}
  </div>`;
}

function Notices() {
  const notices = useNotices();
  return html`<div class="notices" role="status">
    ${notices.map(({ id, text }) => html`<div class="notice" key=${id}>${text}</div>`)}
  </div>`;
}

const place = document.getElementById("app");
if (place) {
  place.replaceChildren();
  render(html`<${App} />`, place);
}
