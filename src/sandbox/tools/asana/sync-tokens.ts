import { randomBytes } from "node:crypto";
import type { Shelf } from "../../collection.ts";
import type { Endpoint, Given } from "./endpoint.ts";
import { json } from "../http.ts";
import { forbidden, missingInput, syncTokenInvalid } from "./errors.ts";
import type { Event, EventLog } from "./event-log.ts";
import { resolver } from "./look-up.ts";
import { compact, selected, type Shown, wantedFields } from "./opt-fields.ts";
import { userShown } from "./references.ts";
import { atWorkspace } from "./workspace-endpoints.ts";
import type { Workspace } from "./workspace.ts";

const PER_TOKEN = 100;
const A_DAY = 86_400_000;

type Token = { subject: string; after: number; ends: number };

export type Sync = { endpoints: Endpoint[]; lifeMs: number };

/** Events by sync token: a token stands for one place in the log of one project or task, for a day. */
export function openSync(shelf: Shelf, space: Workspace, log: EventLog): Sync {
  const tokens = shelf.collection<Token>("sync_tokens");

  const self: Sync = {
    lifeMs: A_DAY,
    endpoints: [
      {
        method: "GET",
        path: "/events",
        scope: null,
        query: ["resource", "sync"],
        run({ request: { query }, caller }) {
          const asked = query.get("resource");
          if (asked === null) throw missingInput("resource");
          const find = resolver(space, caller);
          const { gid } =
            space.projects.get(asked) !== undefined ? find.project(asked) : find.task(asked);
          const wanted = wantedFields(query.get("opt_fields"), caller);
          const answer = changes(gid, query.get("sync"), (event) => {
            const shown = eventShown(event);
            return wanted === null ? shown : selected(shown as Shown, wanted);
          });
          return { kind: "answer", answer };
        },
      },
      {
        method: "GET",
        path: "/workspaces/:workspace/events",
        scope: null,
        query: ["sync"],
        run({ at }) {
          atWorkspace(at("workspace"));
          throw forbidden("Workspace events are only available to service accounts.");
        },
      },
    ],
  };

  function issue(subject: string, after: number): string {
    const now = Date.now();
    for (const [old, { ends }] of [...tokens.entries()]) if (ends <= now) tokens.delete(old);
    const token = randomBytes(16).toString("hex");
    tokens.set(token, { subject, after, ends: now + self.lifeMs });
    return token;
  }

  function changes(subject: string, sync: string | null, show: (event: Event) => unknown) {
    const token = sync === null ? undefined : tokens.get(sync);
    const known = token?.subject === subject && token.ends > Date.now();
    const found = known ? log.after(token.after, subject) : undefined;
    if (found === undefined) return syncTokenInvalid(issue(subject, log.newest()));
    const page = found.slice(0, PER_TOKEN);
    const more = found.length > PER_TOKEN;
    return json(200, {
      data: page.map(({ event }) => show(event)),
      sync: issue(subject, more ? (page.at(-1)?.number ?? 0) : log.newest()),
      has_more: more,
    });
  }

  return self;
}

/** An event as it is read; in a webhook the objects in it are told by gid and kind alone. */
function eventShown({ user, at, resource, action, parent, change }: Event): Given {
  return {
    user: compact(userShown(user)),
    created_at: at,
    type: resource.resource_type,
    action,
    resource,
    parent,
    ...(change !== null && { change: changeShown(change) }),
  };
}

function changeShown({ field, action, value }: NonNullable<Event["change"]>): Given {
  const names = { changed: "new_value", added: "added_value", removed: "removed_value" };
  return { field, action, ...(value !== null && { [names[action]]: value }) };
}
