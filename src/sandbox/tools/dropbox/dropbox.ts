import { openShelf } from "../../collection.ts";
import { openContents } from "../../contents.ts";
import { aCount, aDuration, aSwitch, controlRoutes } from "../control.ts";
import { pageRoutes } from "../records-page.ts";
import type { SimulatedTool, StartTool, ToolStats } from "../simulated-tool.ts";
import { serveTool } from "../tool-server.ts";
import { openDeletions } from "./changing.ts";
import type { Account } from "./commit.ts";
import { dropboxRoutes, type Parts } from "./dropbox-routes.ts";
import { editEntry } from "./edit.ts";
import { authError, serverError, tooMany, tooManyPlain, unknownFunction, wrongMethod } from "./errors.ts"; // prettier-ignore
import { type Gate, openGate } from "./gate.ts";
import { openCursors } from "./listing.ts";
import { openLongpolls } from "./longpoll.ts";
import { dropboxRecords } from "./page.ts";
import { NAMESPACE } from "./paths.ts";
import { openLinks } from "./reading.ts";
import { addDocuments, seedFiles } from "./seed.ts";
import { openSessions } from "./sessions.ts";
import { ACCOUNT_ID, AUTHORIZE_PATH, CLIENT_ID, CLIENT_SECRET, LASTING_TOKEN, openDropboxSignIn, TOKEN_PATH } from "./sign-in.ts"; // prettier-ignore
import { openTree } from "./tree.ts";
import { openWebhook } from "./webhook.ts";

const STORAGE = 2 * 1024 ** 4;
const SEARCH_LAG_MS = 200;

/** A Dropbox account with files (`seed`, 50) in their folders. */
export const startDropbox: StartTool = async ({
  folder,
  port = 0,
  seed = 50,
  limits = true,
  flaws = true,
}): Promise<SimulatedTool> => {
  await using stack = new AsyncDisposableStack();
  const shelf = stack.use(openShelf(folder, "dropbox"));
  const contents = openContents(folder, "dropbox");
  const tree = openTree(shelf, contents);
  const madeUp = shelf.collection<number>("made_up");
  if (madeUp.get("count") === undefined) {
    shelf.together(() => seedFiles(tree, seed, flaws));
    madeUp.set("count", seed);
  }
  Object.assign(tree.tally, { creates: 0, updates: 0, archived: 0 });
  const account: Account = { tree, storage: { limit: STORAGE }, busy: { writes: 0 } };
  const cursors = openCursors(shelf, flaws);
  const signIn = openDropboxSignIn(shelf);
  const gate = openGate(limits, signIn);
  const webhook = openWebhook(shelf, tree);
  const parts: Parts = {
    account,
    contents,
    cursors,
    longpolls: openLongpolls(tree, cursors),
    searching: { tree, contents, lagMs: SEARCH_LAG_MS },
    sessions: openSessions(shelf, contents),
    deletions: openDeletions(shelf, account),
    links: openLinks(tree, contents),
    signIn,
  };

  const server = await serveTool(
    {
      routes: dropboxRoutes(parts),
      gate: (request, next) => gate.pass(request, next),
      wording: {
        tooManyRequests: (wait) =>
          wait === null ? tooManyPlain() : tooMany("too_many_requests", wait),
        serverError,
        expiredToken: () => authError("expired_access_token"),
        notFound: unknownFunction,
        wrongMethod,
      },
    },
    (self) => [
      ...pageRoutes(...dropboxRecords(tree)),
      ...webhook.routes,
      ...controlRoutes({
        faults: self.faults,
        stats,
        switches: switchesOf(parts, gate),
        seed(object, count) {
          if (object !== "files") throw new Error('Only "files" can be made up.');
          shelf.together(() => addDocuments(tree, madeUp, count));
          return stats().objects["files"] ?? 0;
        },
        edit: (id, set, object) => editEntry(tree, id, set, object),
      }),
    ],
    port,
  );
  stack.use(server);
  const whole = stack.move();

  function stats(): ToolStats {
    const all = [...tree.all()];
    const files = all.filter(({ file }) => file !== null);
    return {
      requests: { ...server.requests },
      limited: gate.limited,
      faults: server.faults.fired,
      records: all.length,
      active: all.length,
      ...tree.tally,
      objects: { files: files.length, folders: all.length - files.length },
      duplicates: 0,
    };
  }

  return {
    title: "Dropbox",
    base_url: server.base_url,
    credential: { token: LASTING_TOKEN },
    settings: { account_id: ACCOUNT_ID, root_namespace_id: NAMESPACE },
    get oauth() {
      return {
        authorize: server.base_url + AUTHORIZE_PATH,
        token: server.base_url + TOKEN_PATH,
        client_id: CLIENT_ID,
        client_secret: CLIENT_SECRET,
        refresh_token: signIn.refresh(),
      };
    },
    stats,
    [Symbol.asyncDispose]: () => whole.disposeAsync(),
  };
};

function switchesOf(parts: Parts, gate: Gate) {
  const { account, cursors, longpolls, searching, sessions, links, signIn } = parts;
  return {
    limits: aSwitch((on) => (gate.on = on)),
    storage_bytes: aCount((bytes) => (account.storage.limit = bytes)),
    /** How many of the next writes find the namespace locked and say so in their own error. */
    busy_writes: aCount((count) => (account.busy.writes = count)),
    access_token_ms: aDuration((ms) => signIn.setLifetime(ms)),
    revoke: aSwitch((on) => {
      if (on) signIn.revokeAll();
    }),
    cursor_ms: aDuration((ms) => (cursors.livesMs = ms)),
    reset_cursors: aSwitch((on) => {
      if (on) cursors.epoch += 1;
    }),
    longpoll_ms: aDuration((ms) => (longpolls.waitMs = ms)),
    search_lag_ms: aDuration((ms) => (searching.lagMs = ms)),
    upload_session_ms: aDuration((ms) => (sessions.livesMs = ms)),
    link_ms: aDuration((ms) => (links.livesMs = ms)),
  };
}
