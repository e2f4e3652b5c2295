import { openContents } from "../../contents.ts";
import { aCount, aDuration, aSwitch } from "../control.ts";
import { pageRoutes } from "../records-page.ts";
import { type Counts, simulated } from "../simulated.ts";
import type { StartTool } from "../simulated-tool.ts";
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
export const startDropbox: StartTool = simulated(
  "dropbox",
  50,
  ({ folder, shelf, seed, limits, flaws }) => {
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

    function stats(): Counts {
      const all = [...tree.all()];
      const files = all.filter(({ file }) => file !== null);
      return {
        limited: gate.limited,
        records: all.length,
        active: all.length,
        ...tree.tally,
        objects: { files: files.length, folders: all.length - files.length },
        duplicates: 0,
      };
    }

    return {
      title: "Dropbox",
      tool: {
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
      pages: [...pageRoutes(...dropboxRecords(tree), webhook.page), ...webhook.routes],
      controls: {
        switches: switchesOf(parts, gate),
        seed(object, count) {
          if (object !== "files") throw new Error('Only "files" can be made up.');
          shelf.together(() => addDocuments(tree, madeUp, count));
          return stats().objects["files"] ?? 0;
        },
        edit: (id, set, object) => editEntry(tree, id, set, object),
      },
      stats,
      credential: () => ({ token: LASTING_TOKEN }),
      settings: { account_id: ACCOUNT_ID, root_namespace_id: NAMESPACE },
      oauth: {
        authorize: AUTHORIZE_PATH,
        token: TOKEN_PATH,
        client_id: CLIENT_ID,
        client_secret: CLIENT_SECRET,
        refresh: () => signIn.refresh(),
      },
    };
  },
);

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
