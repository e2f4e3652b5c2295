import { openContents } from "../../contents.ts";
import { aChoice, aCount, aDuration, aSwitch } from "../control.ts";
import { pageRoutes } from "../records-page.ts";
import { type Counts, simulated } from "../simulated.ts";
import type { StartTool } from "../simulated-tool.ts";
import type { Account } from "./access.ts";
import { openChangeLog } from "./change-log.ts";
import { openChannels } from "./channels.ts";
import { driveRoutes, type Parts } from "./drive-routes.ts";
import { editFile } from "./edit.ts";
import {
  backendRateLimit,
  invalidCredentials,
  serverError,
  unknownPath,
  userRateLimit,
  wrongMethod,
} from "./errors.ts";
import { FOLDER, openFiles } from "./files.ts";
import { openGate } from "./gate.ts";
import { openNotifications } from "./notifications.ts";
import { driveRecords } from "./page.ts";
import { SHARED_DRIVE, user } from "./principals.ts";
import { addDocuments, seedFiles } from "./seed.ts";
import { openServiceAccount } from "./robot-account.ts";
import { AUTHORIZE_PATH, CLIENT_ID, CLIENT_SECRET, LASTING_TOKEN, openDriveSignIn, TOKEN_PATH } from "./sign-in.ts"; // prettier-ignore
import { openUploadSessions } from "./upload-sessions.ts";

const STORAGE = 15 * 1024 ** 3;
const SOME_HOURS_MS = 6 * 3_600_000;

/** A Google account with files (`seed`, 60) in My Drive, and a shared drive with a few more. */
export const startGoogleDrive: StartTool = simulated(
  "google-drive",
  60,
  ({ folder, shelf, seed, limits, flaws, origin }) => {
    const contents = openContents(folder, "google-drive");
    const files = openFiles(shelf);
    const account: Account = { files, contents, storage: { limit: STORAGE } };
    const madeUp = shelf.collection<number>("made_up");
    if (madeUp.get("count") === undefined) {
      shelf.together(() => seedFiles(account, seed, flaws));
      madeUp.set("count", seed);
    }
    files.tally.creates = 0;
    const log = openChangeLog(shelf, files);
    const channels = openChannels(shelf);
    const key = openServiceAccount(shelf);
    const signIn = openDriveSignIn(shelf, key);
    const gate = openGate(limits, signIn);
    const drive: Parts = {
      account,
      feeds: { log, forgotten: "invalid" },
      listing: { tokenMs: SOME_HOURS_MS, incomplete: false, partial: flaws },
      sessions: openUploadSessions(shelf, contents),
      channels,
      notifications: openNotifications(channels, files, log),
      signIn,
      gate,
    };

    function stats(): Counts {
      const all = [...files.all()].filter(({ parent }) => parent !== null);
      const held = all.filter(({ mimeType }) => mimeType !== FOLDER);
      const here = held.filter(({ corpus }) => corpus === "user");
      return {
        limited: gate.limited,
        records: all.length,
        active: all.filter((file) => !files.isTrashed(file)).length,
        ...files.tally,
        objects: {
          files: here.length,
          folders: all.length - held.length,
          shared_drive_files: held.length - here.length,
        },
        duplicates:
          held.length - new Set(held.map(({ parent, name }) => `${parent ?? ""}/${name}`)).size,
      };
    }

    return {
      title: "Google Drive",
      tool: {
        routes: driveRoutes(drive),
        gate: (request, next) => gate.pass(request, next),
        wording: {
          tooManyRequests: (wait) => (wait === null ? userRateLimit() : backendRateLimit(wait)),
          serverError,
          expiredToken: invalidCredentials,
          notFound: unknownPath,
          wrongMethod,
        },
      },
      pages: pageRoutes(...driveRecords(account)),
      controls: {
        switches: switchesOf(drive),
        seed(object, count) {
          if (object !== "files") throw new Error('Only "files" can be made up.');
          shelf.together(() => addDocuments(account, madeUp, count));
          return stats().objects["files"] ?? 0;
        },
        edit: (id, set, object) => editFile(account, id, set, object),
      },
      stats,
      credential() {
        const service_account = key.json(origin() + TOKEN_PATH);
        return { token: LASTING_TOKEN, service_account };
      },
      settings: { subject: user.emailAddress, shared_drive_id: SHARED_DRIVE },
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

function switchesOf({ account, feeds, listing, sessions, signIn, gate }: Parts) {
  return {
    limits: aSwitch((on) => (gate.on = on)),
    queries_per_minute: aCount((count) => gate.setQueries(count)),
    quota: aChoice(["spent", "fine"], (word) => (gate.spent = word === "spent")),
    storage_bytes: aCount((bytes) => (account.storage.limit = bytes)),
    access_token_ms: aDuration((ms) => signIn.setLifetime(ms)),
    revoke: aSwitch((on) => {
      if (on) signIn.revokeAll();
    }),
    /** Of page tokens for lists; those for changes do not expire. */
    cursor_ms: aDuration((ms) => (listing.tokenMs = ms)),
    upload_session_ms: aDuration((ms) => (sessions.livesMs = ms)),
    /** Makes all tokens for changes unknown: "invalid" is a 400, "gone" a 410. */
    reset_cursors: aChoice(["invalid", "gone"], (word) => {
      feeds.forgotten = word;
      feeds.log.forget();
    }),
    incomplete_search: aSwitch((on) => (listing.incomplete = on)),
    partial_pages: aSwitch((on) => (listing.partial = on)),
  };
}
