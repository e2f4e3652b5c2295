import { createHmac } from "node:crypto";
import { z } from "zod";
import { equal } from "./equal.ts";
import { SecretFrom } from "./secret.ts";
import { forged, genuine, type VerifyKind } from "./verify.ts";

export const JwtHs256Options = z
  .strictObject({
    kind: z.literal("jwt_hs256"),
    header: z
      .string()
      .regex(/^[A-Za-z0-9-]{1,64}$/)
      .default("Authorization"),
    secret: SecretFrom,
  })
  .describe("A JWT signed with HS256 (RFC 7519), whose audience is the address: monday.com.");

/** Clocks differ by as much. */
const skewS = 60;

/** It signs no body: what it says is no more than that the sender is the tool, and for how long. */
export const jwtHs256: VerifyKind<z.output<typeof JwtHs256Options>> = (
  { headers, url },
  { header },
  { secrets, now },
) => {
  const token = (headers[header.toLowerCase()] ?? "").trim().replace(/^Bearer\s+/i, "");
  const [head = "", claims = "", signature = "", ...more] = token.split(".");
  // Only the algorithm we ask for: whoever writes the header would else choose how it is checked.
  if (more.length > 0 || membersOf(head)["alg"] !== "HS256") return forged;
  const wanted = secrets.map((secret) =>
    createHmac("sha256", secret).update(`${head}.${claims}`).digest("base64url"),
  );
  if (!wanted.map((one) => equal(signature, one)).includes(true)) return forged;
  const said = membersOf(claims);
  return isTimely(said, now) && isFor(said["aud"], url) ? genuine : forged;
};

function isTimely({ exp, nbf }: Readonly<Record<string, unknown>>, now: Temporal.Instant): boolean {
  const seconds = now.epochMilliseconds / 1000;
  if (typeof exp !== "number" || exp + skewS < seconds) return false;
  return typeof nbf !== "number" || nbf - skewS <= seconds;
}

/** monday.com names the address; one that is for nobody, or for another address, is not for us. */
const isFor = (audience: unknown, url: string): boolean => [audience].flat().includes(url);

function membersOf(part: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, "base64url").toString());
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
