import { createHash, randomBytes } from "node:crypto";
import type { Connection, Secret } from "#domain/connection.ts";
import type { Manifest } from "#connectors/manifest/manifest.ts";
import type { Trip } from "#domain/ports/sign-in.ts";
import type { Tools } from "#domain/ports/tools.ts";
import type { OAuth, SimulatedTool } from "#sandbox/tools/simulated-tool.ts";
import { never } from "../world.ts";

/** The manifest of one connector, asking for other scopes than it does if some are given. */
export function asking(
  manifests: readonly Manifest[],
  name: string,
  scopes: readonly string[] | undefined,
): Manifest {
  const manifest = manifests.find(({ connector }) => connector === name);
  if (manifest === undefined) throw new Error(`There is no connector ${name}`);
  if (scopes === undefined) return manifest;
  const auth = Object.entries(manifest.auth).map(([way, options]) => [
    way,
    options.kind === "oauth2" ? { ...options, scopes: [...scopes] } : options,
  ]);
  return { ...manifest, auth: Object.fromEntries(auth) as Manifest["auth"] };
}

/**
 * What a person does at the tool: its page, Allow, and the way back.
 * @throws an Error with what the tool, or we, say against it
 */
export async function throughBrowser(
  tools: Tools,
  connection: Connection,
  { oauth }: SimulatedTool,
): Promise<Secret> {
  if (oauth === null) throw new Error("Nobody signs in through this tool.");
  const trip = tripTo(tools, connection, oauth);
  const page = await (await fetch(await tools.consentAt(connection, trip))).text();
  const href = /id="allow" href="([^"]+)"/.exec(page)?.[1]?.replaceAll("&amp;", "&");
  if (href === undefined) throw new Error(page);
  const answered = Object.fromEntries(new URL(href).searchParams);
  const arrival = await tools.arrive(connection, trip, answered, never);
  if (!arrival.ok) throw new Error(arrival.problem);
  return arrival.secret;
}

/** A person's way to a tool where this app is registered. */
export function tripTo(tools: Tools, connection: Connection, app: OAuth): Trip {
  const way = tools.facts(connection.connector)?.credentials.find(({ browser }) => browser);
  return {
    way: way?.name ?? "",
    redirect: "https://tieline.example/oauth/callback",
    client: { id: app.client_id, secret: app.client_secret },
    state: randomBytes(32).toString("base64url"),
    verifier: createHash("sha256").update(randomBytes(32)).digest("base64url"),
  };
}
