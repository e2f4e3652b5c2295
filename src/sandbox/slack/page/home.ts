import { useEffect, useMemo, useRef } from "preact/hooks";
import { explain, openHome } from "./api.ts";
import { Blocks } from "./blocks/block.ts";
import type { Block } from "./blocks/model.ts";
import { useFocusKept } from "./focus-kept.ts";
import { html } from "./html.ts";
import { notify } from "./notices.ts";
import { PaneHead } from "./pane-head.ts";
import { useWorkspace } from "./state.ts";
import { useSurface } from "./surface.ts";

const none: Block[] = [];
const container = { kind: "home" } as const;

/** The app's Home tab of this person. Opening it tells the app, as Slack does. */
export function HomePane({ onMenu }: { onMenu: () => void }) {
  const { me, home, app } = useWorkspace();
  const blocks = home?.blocks ?? none;
  const errors = useMemo(() => home?.errors ?? {}, [home]);
  const surface = useSurface({ user: me.id, container, blocks, here: undefined, errors });
  const box = useRef<HTMLDivElement>(null);
  useFocusKept(box, home);
  useEffect(() => {
    void openHome(me.id).then((outcome) => {
      if (!outcome.ok) notify(explain(outcome.error));
    });
  }, [me.id]);
  return html`<main class="pane" aria-label=${`${app.name} home`}>
    <${PaneHead} title=${app.name} about="App home" onMenu=${onMenu} />
    <div
      ref=${box}
      class="log home"
      tabindex="0"
      role="region"
      aria-label="App home"
      data-testid="home"
    >
      <div class="home-content">
        ${
          home
            ? html`<${Blocks} blocks=${blocks} surface=${surface} />`
            : html`<p class="empty">${app.name} has not published a home for you yet.</p>`
        }
      </div>
    </div>
  </main>`;
}
