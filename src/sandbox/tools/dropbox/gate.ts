import type { Answer, Request } from "../http.ts";
import { rateWindow } from "../rate-window.ts";
import { openContention } from "./contention.ts";
import { authError, badInput, tooMany } from "./errors.ts";
import type { DropboxSignIn } from "./sign-in.ts";

/** Dropbox publishes no numbers; these are ours: for one app and user, in ten seconds. */
const REQUESTS = 300;
const WINDOW_MS = 10_000;
const WAIT_S = "5";

const WRITES = [
  "create_folder_v2",
  "move_v2",
  "delete_v2",
  "delete_batch",
  "upload",
  "upload_session/finish",
  "upload_session/finish_batch_v2",
].map((name) => `/2/files/${name}`);
const LISTS = ["/2/files/list_folder", "/2/files/list_folder/continue"];

export type Gate = {
  on: boolean;
  limited: number;
  pass(request: Request, next: () => Promise<Answer>): Promise<Answer>;
};

/** Who asks, whether they have asked too often, and whether they ask for too much at once. */
export function openGate(on: boolean, signIn: DropboxSignIn): Gate {
  const window = rateWindow(REQUESTS, WINDOW_MS);
  const self: Gate = {
    on,
    limited: 0,
    async pass(request, next) {
      const { path, body } = request;
      if (!path.startsWith("/2/")) return next();
      const refusal = path === LONGPOLL ? null : refusalFor(request, signIn);
      if (refusal !== null) return refusal;
      if (!self.on) return next();
      if (!window.take()) {
        self.limited += 1;
        return tooMany("too_many_requests", WAIT_S);
      }
      if (WRITES.includes(path)) return contention.write(next);
      return LISTS.includes(path) ? contention.list(path + body, next) : next();
    },
  };
  const contention = openContention(() => (self.limited += 1));
  return self;
}

/** Nobody signs in to wait for news. */
const LONGPOLL = "/2/files/list_folder/longpoll";

function refusalFor(request: Request, signIn: DropboxSignIn): Answer | null {
  const name = request.path.slice("/2/".length);
  const { authorization } = request.headers;
  if (authorization === undefined)
    return badInput(
      name,
      'Must provide HTTP header "Authorization" or URL parameter "authorization".',
    ).answer;
  const token = tokenOf(request);
  if (token === null)
    return badInput(
      name,
      `Invalid authorization value in HTTP header "Authorization": "${authorization.slice(0, 10)}".  Expecting "Bearer <oauth2-access-token>".`,
    ).answer;
  if (!token.startsWith("sl."))
    return badInput(name, "The given OAuth 2 access token is malformed.").answer;
  const standing = signIn.standing(token);
  if (standing === "unknown") return authError("invalid_access_token");
  return standing === "expired" ? authError("expired_access_token") : null;
}

export const tokenOf = ({ headers }: Request): string | null =>
  /^Bearer (\S+)$/.exec(headers.authorization ?? "")?.[1] ?? null;
