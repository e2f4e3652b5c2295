import type { Connection } from "#domain/connection.ts";
import type { Flow } from "#domain/flow.ts";
import type { OwnershipVersion } from "#domain/ports/hub.ts";
import { stringify } from "yaml";
import { z } from "zod";
import { ownershipWords } from "../hub/rules.ts";
import { operation } from "../operation.ts";
import { flowWords } from "./flow-words.ts";

export const workspaceExport = operation("workspace.export", {
  title: "Exporting the workspace file",
  needs: "admin",
  audited: "never",
  input: z.strictObject({}),
  told: () => ({}),

  async run(_input, { world }) {
    const [connections, flows, owners] = await Promise.all([
      world.registry.connections(),
      world.registry.flows(),
      world.ownerships.all(),
    ]);
    return { text: workspaceText(connections, flows, owners) };
  },
});

/** A file that changes nothing when it is applied where it came from. Secrets never stand in it. */
function workspaceText(
  connections: readonly Connection[],
  flows: readonly Flow[],
  owners: readonly OwnershipVersion[],
): string {
  const file = {
    connections: Object.fromEntries(
      sorted(connections).map((one) => [one.name, connectionEntry(one)]),
    ),
    ...(owners.length > 0 && {
      hub: Object.fromEntries(
        owners.map(({ entity, ownership }) => [entity, ownershipWords(ownership)]),
      ),
    }),
    flows: Object.fromEntries(sorted(flows).map((one) => [one.name, flowWords(one)])),
  };
  return stringify(file, { lineWidth: 100, aliasDuplicateObjects: false });
}

const sorted = <One extends { name: string }>(all: readonly One[]): One[] =>
  all.toSorted((a, b) => (a.name < b.name ? -1 : 1));

/** What was given on the one-time page stays in the store: it is left out, and so left as it is. */
function connectionEntry({ connector, baseUrl, settings, credential, events }: Connection): object {
  const references = Object.entries(credential).flatMap(([field, source]) =>
    source.kind === "kept" ? [] : [[field, `${source.kind}:${source.name}`] as const],
  );
  return {
    connector,
    ...(baseUrl !== null && { base_url: baseUrl }),
    ...(filled(settings) && { settings }),
    ...(references.length > 0 && { credential: Object.fromEntries(references) }),
    ...(events.length > 0 && { events }),
  };
}

const filled = (values: Readonly<Record<string, unknown>>): boolean =>
  Object.keys(values).length > 0;
