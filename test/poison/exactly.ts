import { domainToASCII } from "node:url";
import type { FieldKind } from "#domain/entities/entity.ts";

type Check = (sent: string, written: string) => boolean;

const checks: Partial<Record<FieldKind["kind"], Check>> = {
  email,
  phone: (sent, written) =>
    /^\+\d{4,17}$/.test(written) && digits(written).endsWith(digits(sent).slice(-7)),
  country: (sent, written) =>
    written === sent.toUpperCase() || nameOf(written) === sent.toLowerCase(),
  currency: (sent, written) => /^[A-Z]{3}$/.test(written) && written === sent.toUpperCase(),
  boolean: (sent, written) => written === sent.toLowerCase(),
  choice: (sent, written) => written === sent.toLowerCase(),
  number: sameDecimal,
  money: sameDecimal,
  date: (sent, written) => written === dayOf(sent),
  instant: (sent, written) => instantOf(sent)?.equals(Temporal.Instant.from(written)) ?? false,
};

/** Whether what was written of a value says just what was sent, for kinds that have a spelling of their own. */
export const exactly = (kind: FieldKind["kind"], sent: string, written: unknown): boolean =>
  typeof written === "string" && checks[kind]?.(sent, written) === true;

function email(sent: string, written: string): boolean {
  const [local, domain] = parts(sent.normalize("NFC"));
  const [ours, there] = parts(written);
  return local === ours && domainToASCII(domain) === there && !/[\s,"]/.test(written);
}

const parts = (address: string): [string, string] => {
  const at = address.lastIndexOf("@");
  return [address.slice(0, at), address.slice(at + 1)];
};

/** Zeros aside: of +27 (0)505 the one that is dialled at home alone is left out. */
const digits = (text: string): string => text.normalize("NFKC").replace(/\D|0/g, "");
const nameOf = (code: string): string | undefined =>
  new Intl.DisplayNames(["en"], { type: "region", fallback: "none" }).of(code)?.toLowerCase();

function sameDecimal(sent: string, written: string): boolean {
  return decimal(written) !== null && decimal(written) === decimal(sent);
}

/** A decimal as a whole number of 10^-40, or null. */
function decimal(text: string): bigint | null {
  const found = /^([+-]?)(\d*)(?:\.(\d{1,40}))?$/.exec(text);
  if (found === null || !/\d/.test(text)) return null;
  const [, sign, whole = "", fraction = ""] = found;
  const size = BigInt(whole + fraction.padEnd(40, "0"));
  return sign === "-" ? -size : size;
}

function dayOf(sent: string): string | null {
  const iso = /^(\d{4}-\d\d-\d\d)(?=$|[T ])/.exec(sent)?.[1];
  if (iso !== undefined) return isDay(iso) ? iso : null;
  if (!/^-?\d{9,15}$/.test(sent)) return null;
  return new Date(Number(sent)).toISOString().slice(0, 10);
}

const isDay = (text: string): boolean =>
  new Date(`${text}T00:00:00Z`).toISOString().startsWith(text);

function instantOf(sent: string): Temporal.Instant | null {
  try {
    return Temporal.Instant.from(sent);
  } catch {
    return null;
  }
}
