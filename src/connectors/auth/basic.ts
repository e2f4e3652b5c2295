import { z } from "zod";
import { SignInAgain } from "#domain/errors.ts";
import { type AuthKind, field, inHeaders } from "./auth.ts";
import { About, KeyLabel } from "./options.ts";

export const BasicOptions = z
  .strictObject({
    kind: z.literal("basic"),
    about: About,
    user: z
      .string()
      .regex(/^[^:]{1,100}$/, "a user name without colons is accepted here")
      .optional()
      .describe(
        "Sent as the user where the tool looks at the key alone; then only a key is asked for.",
      ),
    label: KeyLabel.describe("What the tool calls the key, or the password."),
    user_label: z.string().min(1).max(40).default("User").describe("What the tool calls the user."),
  })
  .describe("HTTP Basic (RFC 7617): a user and a password, or any user and a key as Mailchimp's.");

export const basic: AuthKind<z.output<typeof BasicOptions>> = {
  fields: ({ user, label, user_label }) =>
    user === undefined
      ? [field("user", user_label, { secret: false }), field("password", label)]
      : [field("token", label)],

  sign(secret, options) {
    const user = options.user ?? secret["user"]?.trim() ?? "";
    const password = (options.user === undefined ? secret["password"] : secret["token"]?.trim()) ?? ""; // prettier-ignore
    if (user === "" || password === "") throw new SignInAgain("The user or the key is missing");
    // RFC 7617, 2: a colon would end the user name.
    if (user.includes(":")) throw new SignInAgain("A user name has no colon");
    return inHeaders({ authorization: basicAuthorization(user, password) });
  },
};

export const basicAuthorization = (user: string, password: string): string =>
  `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
