import { z } from "zod";
import { SignInAgain } from "#domain/errors.ts";
import { signed, soundId } from "../webhooks/standard-webhooks.ts";
import { type AuthKind, field, type Signature } from "./auth.ts";
import { About, KeyLabel } from "./options.ts";

export const StandardWebhooksAuth = z
  .strictObject({
    kind: z.literal("standard_webhooks"),
    about: About,
    label: KeyLabel.default("Address").describe("What the address is called."),
  })
  .describe(
    "Any address, to which each message goes signed by a secret both sides know (Standard Webhooks 1.0).",
  );

/** The secret itself is never sent. What a request does not name by an id of its own is not signed. */
export const standardWebhooks: AuthKind<z.output<typeof StandardWebhooksAuth>> = {
  fields: ({ label }) => [
    field("url", label, { secret: false, optional: true }),
    field("secret", "Signing secret (whsec_…)"),
  ],
  sign(secret, _options, now, { id, body }): Signature {
    const leads = addressIn(secret["url"]);
    const timestamp = String(Math.floor(now.epochMilliseconds / 1000));
    const name = id ?? "none";
    const signature = signed(secret["secret"] ?? "", { id: name, timestamp, body: body ?? "" });
    if (signature === null)
      throw new SignInAgain(
        "The signing secret is none; it begins with whsec_ and is 24 bytes or more",
      );
    if (id === null || !soundId.test(id)) return { headers: {}, query: {}, leads };
    return {
      headers: {
        "webhook-id": id,
        "webhook-timestamp": timestamp,
        "webhook-signature": signature,
      },
      query: {},
      leads,
    };
  },
};

/** Null where there is none: such a connection is only sent to. */
function addressIn(text: string | undefined): Signature["leads"] {
  if (text === undefined || text.trim() === "") return null;
  const url = URL.parse(text.trim());
  const secure = url?.protocol === "https:" || /^127(\.\d{1,3}){3}$/.test(url?.hostname ?? "");
  if (url === null || !secure || url.username !== "" || url.password !== "")
    throw new SignInAgain("The address is none; one that begins with https:// is accepted");
  return { to: "whole", url: url.href };
}
