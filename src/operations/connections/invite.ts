import { Mistake } from "#domain/errors.ts";
import { z } from "zod";
import { findConnection } from "../find.ts";
import { connectionField, optional } from "../input.ts";
import { operation } from "../operation.ts";

const minutes = 10;

export const connectionsInvite = operation("connections.invite", {
  title: "Signing a connection in",
  needs: "admin",
  audited: "always",
  input: z.strictObject({
    connection: connectionField,
    gives: optional(z.literal("messages").describe("messages")),
  }),
  told: ({ connection }) => ({ connection }),

  async run({ connection: name, gives }, { world, by, at }) {
    const { name: connection, connector } = await findConnection(world, name);
    const facts = world.tools.facts(connector);
    if (facts === undefined || facts.credentials.every(({ fields }) => fields.length === 0))
      throw new Mistake(`${facts?.title ?? connector} takes no credential on a page.`);
    const expires = at.add({ minutes });
    const token = await world.invitations.create(connection, by, expires);
    const only = gives === undefined ? "" : `${gives}.`;
    return { url: `${world.about.publicUrl()}/connect#${only}${token}`, expires };
  },
});
