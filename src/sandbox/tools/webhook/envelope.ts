export type Envelope = Record<string, unknown>;

const LARGEST = 65_536;

type Rule = (value: unknown) => boolean;
const filled: Rule = (value) => typeof value === "string" && value !== "";
const absent: Rule = (value) => value === undefined || value === null;
const unless =
  (rule: Rule): Rule =>
  (value) =>
    absent(value) || rule(value);

/** RFC 3339, with its zone. */
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/i;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
/** A reference to a resource, absolute or not, without what has to be encoded. */
const isReference: Rule = (value) => filled(value) && /^[^\s<>"{}|\\^`]+$/.test(value as string);

const ATTRIBUTES: Record<string, [rule: Rule, what: string]> = {
  id: [filled, "a text"],
  source: [isReference, "a URI-reference"],
  specversion: [(value) => value === "1.0", "1.0"],
  type: [filled, "a text"],
  datacontenttype: [unless(filled), "a media type"],
  dataschema: [unless((value) => filled(value) && URL.canParse(value as string)), "a URI"],
  subject: [unless(filled), "a text"],
  time: [unless((value) => typeof value === "string" && TIME.test(value) && !Number.isNaN(Date.parse(value))), "a time by RFC 3339"], // prettier-ignore
  data_base64: [unless((value) => typeof value === "string" && BASE64.test(value)), "base64"],
};

/** What CloudEvents 1.0 has against an event; nothing if it is one. */
export function problemsWith(event: Envelope, size: number): string[] {
  const wrong = Object.entries(ATTRIBUTES).flatMap(([name, [rule, what]]) =>
    rule(event[name]) ? [] : [`${name} must be ${what}`],
  );
  const extensions = Object.keys(event).filter((name) => !(name in ATTRIBUTES) && name !== "data");
  return [
    ...wrong,
    ...extensions.filter((name) => !/^[a-z0-9]{1,20}$/.test(name)).map((name) => `${name} is no name for an attribute`), // prettier-ignore
    ...extensions.filter((name) => typeof event[name] === "object" && event[name] !== null).map((name) => `${name} must be a single value`), // prettier-ignore
    ...(event["data"] !== undefined && !absent(event["data_base64"]) ? ["data and data_base64 exclude each other"] : []), // prettier-ignore
    ...(size > LARGEST ? ["an event has 64 KiB at most"] : []),
  ];
}
