import { Mistake } from "#domain/errors.ts";
import { z } from "zod";
import { replaceWaiting } from "../approvals/request.ts";
import { connectorField } from "../input.ts";
import { listed } from "../nearest.ts";
import { operation } from "../operation.ts";
import { changeKind } from "./change.ts";
import { connectionsOf, inUse } from "./in-use.ts";
import { noConnector } from "./versions.ts";

export const connectorsRemove = operation("connectors.remove", {
  title: "Removing a connector",
  needs: "admin",
  audited: "always",
  input: z.strictObject({ connector: connectorField }),
  told: (input) => input,

  async run({ connector: typed }, { world, at }) {
    const connector = typed.toLowerCase();
    const now = await inUse(world, connector);
    if (world.tools.builtIn(connector) !== undefined)
      throw new Mistake(
        `${connector} comes with this installation and cannot be removed; going back to version 0 restores it.`,
      );
    if (now.version === null) {
      if (now.versions.length === 0) throw noConnector(world, typed);
      throw new Mistake(`${connector} is removed already.`);
    }
    if (!(await world.connectorVersions.remove(connector))) {
      const users = await connectionsOf(world, connector);
      throw new Mistake(
        `${connector} is used by ${listed(users)}; nothing was removed. Remove ${users.length === 1 ? "this connection" : "these connections"} first.`,
      );
    }
    await replaceWaiting(world, { kind: changeKind, subject: connector }, at);
    return { connector };
  },
});
