import type { Secret } from "#domain/connection.ts";
import { SignInAgain } from "#domain/errors.ts";
import type { ConnectionName } from "#domain/ids.ts";
import type { Client } from "#domain/ports/sign-in.ts";
import type { Vault } from "#domain/ports/tools.ts";
import { makeEgress } from "#connectors/egress.ts";
import type { Manifest } from "#connectors/manifest/manifest.ts";
import { makeTools } from "#connectors/tools.ts";
import { chooseSettings } from "#operations/connections/choose.ts";
import { lookAtInvitation, redeemInvitation } from "#operations/connections/invitation.ts";
import { beginSignIn, finishSignIn } from "#operations/connections/sign-in.ts";
import { makePerform } from "#operations/gate.ts";
import { receiveMessage } from "#operations/hooks/receive.ts";
import { sampleEvents, subscribe, unsubscribe } from "#operations/hooks/subscribe.ts";
import { browserMark } from "#web/browser-mark.ts";
import { doorPath, hookDoor, paceOf } from "#web/hooks/door.ts";
import { invitationRoutes } from "#web/invitation-page.ts";
import { oauthRoute } from "#web/oauth.ts";
import { openWeb } from "#web/server.ts";
import { generous, quickClock } from "../connectors/world.ts";
import { admin, makeRoom } from "../operations/support/room.ts";
import { memoryHints } from "../support/memory/hints.ts";
import { memoryInbox } from "../support/memory/inbox.ts";
import { browser } from "./browser.ts";

let parts = new AsyncDisposableStack();
/** For the end of a file. */
export function closeHouses(): Promise<void> {
  const all = parts.move();
  parts = new AsyncDisposableStack();
  return all.disposeAsync();
}

/** The one-time page and the way back, over real connectors and the operations. */
export async function house(manifests: readonly Manifest[]) {
  const room = await makeRoom();
  const { safe, world } = room;
  const vault: Vault = {
    async read(name: ConnectionName): Promise<Secret> {
      const secret = safe.kept.get(name);
      if (secret === undefined) throw new SignInAgain(`Nobody has signed in to ${name} yet.`);
      return secret;
    },
    async renew(name, _seen, renew) {
      const renewed = await renew(await vault.read(name), { sure: () => null });
      if (renewed !== null) await safe.keep(name, renewed);
      return vault.read(name);
    },
  };
  const clock = quickClock();
  const egress = parts.use(makeEgress({ allow: { loopback: true, cidrs: [] } }));
  const inbox = memoryInbox(() => clock.now());
  const logged: unknown[] = [];
  const note = (...told: unknown[]) => void logged.push(told);
  const log = { info: note, warn: note, error: note };
  /** What the door takes for the time, in milliseconds. */
  const doorClock = { ms: 0 };
  const about = { vault, apps: room.apps, allowance: generous(clock), inbox, hints: memoryHints(), hooks: world.hooks, subscriptions: world.subscriptions, clock, log, egress }; // prettier-ignore
  world.tools = makeTools({ manifests, program: "this", ...about });
  const mark = browserMark(false);
  const web = parts.use(
    await openWeb({
      host: "127.0.0.1",
      port: 0,
      log,
      mounts: [
        {
          path: doorPath,
          take: hookDoor(
            {
              receive: (knock) => receiveMessage(world, knock),
              subscribe: (key, asked) => subscribe(world, key, asked),
              unsubscribe: (key, id) => unsubscribe(world, key, id),
              sample: (key, event) => sampleEvents(world, key, event),
              pace: paceOf.embedded,
              publicUrl: () => world.about.publicUrl(),
              log,
            },
            () => doorClock.ms,
          ),
        },
      ],
      otherwise: null,
      routes: [
        ...invitationRoutes(
          {
            look: (token, choosing) => lookAtInvitation(world, token, choosing),
            give: (token, values, ends) => redeemInvitation(world, token, values, ends),
            choose: (token, values) => chooseSettings(world, token, values),
            begin: (asked) => beginSignIn(world, asked),
          },
          mark,
        ),
        oauthRoute((back) => finishSignIn(world, back), mark),
      ],
    }),
  );
  world.about.publicUrl = () => web.url;
  return { ...room, web, inbox, logged, doorClock, perform: makePerform(world) };
}

export type House = Awaited<ReturnType<typeof house>>;

/** Opens the page of a connection, and has a person sign in there. */
export async function signIn({ perform }: House, connection: string, app: Client | null) {
  const { url } = await perform("connections.invite", { connection }, admin);
  const page = new URL(url);
  const token = page.hash.slice(1);
  const person = browser();
  const look = await person.post(new URL("/connect/look", page), { token });
  const body = { token, way: "oauth", ...(app === null ? {} : { client: app }) };
  const begun = await person.post(new URL("/connect/begin", page), body);
  return { look, begun, person, page, token, to: String(begun.said["to"]) };
}

/** Where a simulated tool's page leads whoever consents. */
export const consentLink = (html: string): string => {
  const [, link = ""] = /id="allow" href="([^"]+)"/.exec(html) ?? /href="([^"]+)"/.exec(html) ?? [];
  return link.replaceAll("&amp;", "&");
};
