import { domainToASCII } from "node:url";
import { type Codec, type Coder, refuse, type Refusal, shown, takesNothing } from "./codec.ts";
import { text } from "./text.ts";

const plain = text.make(null);

/**
 * An address as it is compared: composed Unicode, the domain in small ASCII letters. What stands
 * before the @ stays as it is, +tags too: they are part of who it reaches.
 */
const coder: Coder = {
  decode(native, around) {
    const value = plain.decode(native, around);
    return typeof value === "string" ? tidyEmail(value) : value;
  },
  encode: (value) => tidyEmail(String(value)),
};

export const email: Codec = {
  about: "An e-mail address; its domain is written in small ASCII letters.",
  fits: ["email"],
  check: takesNothing,
  make: () => coder,
};

function tidyEmail(given: string): string | Refusal {
  const at = given.lastIndexOf("@");
  const local = given.slice(0, at);
  if (at < 1 || !soundLocal(local)) return badEmail(given);
  const domain = given.slice(at + 1);
  if (isPlain(domain)) return `${local}@${domain.toLowerCase()}`;
  const tidy = domainToASCII(domain);
  return soundDomain(tidy) ? `${local}@${tidy}` : badEmail(given);
}

/** What nearly all are: sound, with a word at its end and nothing that stands for other characters. */
const isPlain = (domain: string): boolean =>
  domain.length < 64 && plainDomain.test(domain) && !domain.includes("--");
const plainDomain = /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]+$/i;

const badEmail = (given: string): Refusal =>
  refuse("BAD_EMAIL", `${shown(given)} is not an e-mail address`);

/** RFC 5321: up to 64 octets, without space or any of these signs, and no dot at an edge or twice. */
const soundLocal = (local: string): boolean =>
  parts.test(local) && (local.length * 3 <= 64 || Buffer.byteLength(local) <= 64);
const part = String.raw`[^\s()<>[\]:;,\\"@.\x00-\x1f\x7f-\x9f]+`;
const parts = new RegExp(`^${part}(?:\\.${part})*$`);

const soundDomain = (domain: string): boolean =>
  domain.length <= 253 &&
  domain.includes(".") &&
  domain.split(".").every((label) => /^(?!-)[a-z0-9_-]{1,63}(?<!-)$/.test(label)) &&
  !/^\d+$/.test(domain.slice(domain.lastIndexOf(".") + 1));
