import type { ConnectorFacts, HookFacts } from "#domain/ports/connector-facts.ts";
import type { World } from "../world.ts";
import type { HookPlace } from "./contract.ts";

/** Where a tool reaches us with this token. With an object: the address for its events alone. */
export const hookUrl = ({ about }: Pick<World, "about">, token: string, object?: string): string =>
  `${about.publicUrl()}/hooks/${token}${object === undefined ? "" : `/${object}`}`;

/** Stands where others have an object, in the address for failures. */
const failuresObject = "failures";

/** Stands for a token that is not shown. */
const hidden = "•••";

/** All that may be sent to a connection, and where; `token` null hides it. */
export function placesOf(
  world: Pick<World, "about">,
  { title, objects }: Pick<ConnectorFacts, "title" | "objects">,
  hooks: HookFacts,
  token: string | null,
): readonly HookPlace[] {
  const inAddress = hooks.token === "in_address";
  const base = inAddress ? (token ?? hidden) : "events";
  const titleOf = (name: string) => objects.find((one) => one.name === name)?.title ?? name;
  return [
    // Where we ask ourselves, each webhook has an address of its own.
    ...(hooks.tells && hooks.watched.length === 0
      ? [{ about: `What ${title} tells`, url: hookUrl(world, base) }]
      : []),
    ...hooks.inboxes.map((name) => ({ about: titleOf(name), url: hookUrl(world, base, name) })),
    ...(hooks.failures?.come === "sent"
      ? [{ about: "Failures", url: hookUrl(world, base, failuresObject) }]
      : []),
    ...(hooks.events.length === 0 ? [] : forZaps(world)),
  ];
}

const forZaps = (world: Pick<World, "about">): readonly HookPlace[] => [
  { about: "Asking to be told", url: hookUrl(world, "subscriptions") },
  { about: "Samples of an event", url: hookUrl(world, "samples", "EVENT") },
];
