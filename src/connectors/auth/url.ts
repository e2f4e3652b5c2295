import { z } from "zod";
import type { Secret } from "#domain/connection.ts";
import { SignInAgain } from "#domain/errors.ts";
import { Name } from "../manifest/request-spec.ts";
import { type AuthKind, field } from "./auth.ts";
import { hostPattern, hostRule, isAtOneOf, isLoopback } from "./hosts.ts";
import { About, KeyLabel, keyIn } from "./options.ts";

export const UrlOptions = z
  .strictObject({
    kind: z.literal("url"),
    about: About,
    label: KeyLabel.default("Address"),
    hosts: z
      .array(z.string().regex(hostPattern, hostRule))
      .min(1)
      .describe("Where such addresses are: hooks.zapier.com, or *.make.com."),
    optional: z
      .boolean()
      .default(false)
      .describe("Whether there may be none, where others ask to be told instead."),
    key: z
      .strictObject({
        host: Name.describe("The one of hosts whose requests carry it."),
        header: z
          .string()
          .regex(/^[A-Za-z0-9-]{1,64}$/)
          .default("Authorization"),
        prefix: z.string().max(40).default(""),
        label: KeyLabel,
      })
      .optional()
      .describe("A key for the tool's interface, where that stands beside the address."),
  })
  .describe("An address that is the secret itself, as a catch hook of Zapier or Make.");

type Options = z.output<typeof UrlOptions>;

/** Whoever knows the address may use it: it is sent to and shown nowhere. */
export const url: AuthKind<Options> = {
  fields: ({ label, optional, key }) => [
    field("url", label, { optional }),
    ...(key === undefined ? [] : [field("token", key.label, { optional: true })]),
  ],
  sign: (secret, options, _now, { host }) => ({
    headers: host === null ? {} : keyFor(host, secret, options),
    query: {},
    leads:
      options.optional && !secret["url"]?.trim()
        ? null
        : { to: "whole", url: addressIn(secret["url"], options) },
  }),
};

/** Only to the host it is for: the address itself is another place, and maybe somebody else's. */
function keyFor(host: string, secret: Secret, { key }: Options): Record<string, string> {
  if (key?.host !== host) return {};
  return { [key.header.toLowerCase()]: key.prefix + keyIn(secret, "token") };
}

function addressIn(text: string | undefined, { hosts }: Options): string {
  const parsed = URL.parse(text?.trim() ?? "");
  const plain = parsed?.username === "" && parsed.password === "" && parsed.hash === "";
  if (parsed === null || !plain)
    throw new SignInAgain("The address is missing or is none; copy it once more, whole");
  if (!isAtOneOf(parsed, hosts) && !isLoopback(parsed))
    throw new SignInAgain(`The address has to be one at ${hosts.join(" or ")}`);
  return parsed.href;
}
