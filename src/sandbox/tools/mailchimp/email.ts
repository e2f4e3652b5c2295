import { createHash } from "node:crypto";
import { looksFake, refuse } from "./problems.ts";

/** A member's id: the MD5 of the address in lower case. */
export const hashOf = (email: string): string => digest(email.toLowerCase());

export const digest = (text: string): string => createHash("md5").update(text).digest("hex");

/** Made up on a keyboard, or kept for examples by somebody. Which ones Mailchimp has is not told. */
const FAKE = /^(test|asdf|fake|none)@|@(test|asdf|fake|email|invalid)\.(com|net|org|test)$/i;

/** The address without spaces around it. Refuses what is none, and what looks made up. */
export function checkedEmail(value: string): string {
  const email = value.trim();
  const parts = email.split("@");
  if (parts.length !== 2) throw invalidAddress("An email address must contain a single @");
  const [local = "", domain = ""] = parts;
  if (local === "" || /[\s,;:<>()]/.test(local) || local.startsWith(".") || local.endsWith("."))
    throw invalidAddress(`The username portion of the email address is invalid (the portion before the @: ${local})`); // prettier-ignore
  if (!/^([^\s.@]+\.)+[^\s.@]{2,}$/.test(domain))
    throw invalidAddress(`The domain portion of the email address is invalid (the portion after the @: ${domain})`); // prettier-ignore
  if (FAKE.test(email)) throw looksFake(email);
  return email;
}

const invalidAddress = (detail: string) => refuse("Invalid Resource", detail);
