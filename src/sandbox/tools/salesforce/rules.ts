import type { Problem } from "./errors.ts";
import type { Value } from "./fields.ts";
import { stages } from "./objects/opportunity.ts";
import { statuses } from "./objects/order.ts";

export type Values = Record<string, Value>;

/**
 * What the organisation itself computes when a record is saved. `given` are the values somebody set
 * just now, `before` is empty for a new record.
 */
export function derived(object: string, after: Values, given: Values, before: Values): Values {
  switch (object) {
    case "Contact": {
      const parts = [after["FirstName"], after["LastName"]].filter(
        (part) => typeof part === "string",
      );
      return { ...after, Name: parts.join(" ") };
    }
    case "Opportunity":
      return withStage(after, given, before);
    case "Order":
      return {
        ...after,
        TotalAmount: after["TotalAmount"] ?? 0,
        StatusCode: statuses[String(after["Status"])] ?? null,
      };
    default:
      return after;
  }
}

/** A new stage brings its own probability, unless one is given with it. */
function withStage(after: Values, given: Values, before: Values): Values {
  const stage = stages[String(after["StageName"])];
  const moved = after["StageName"] !== before["StageName"];
  const own = given["Probability"] ?? (moved ? stage?.probability : after["Probability"]);
  const probability = own ?? 0;
  const amount = after["Amount"] ?? null;
  return {
    ...after,
    Probability: probability,
    ExpectedRevenue: amount === null ? null : (Number(amount) * Number(probability)) / 100,
    IsClosed: stage?.closed ?? false,
    IsWon: stage?.won ?? false,
  };
}

/** What the organisation's own rules have against a record. */
export function against(object: string, after: Values, before: Values): Problem[] {
  if (object === "Opportunity" && Number(after["Amount"] ?? 0) < 0)
    return [custom("An opportunity's amount cannot be negative.", "Amount")];
  if (object !== "Order") return [];
  const [start, end] = [after["EffectiveDate"], after["EndDate"]];
  if (typeof start === "string" && typeof end === "string" && end < start)
    return [custom("An order cannot end before it starts.", "EndDate")];
  const activates = after["StatusCode"] === "Activated" && before["StatusCode"] !== "Activated";
  if (!activates || Number(after["TotalAmount"] ?? 0) > 0) return [];
  return [
    {
      message: "An order must have at least one product.",
      errorCode: "FAILED_ACTIVATION",
      fields: [],
    },
  ];
}

const custom = (message: string, field: string): Problem => ({
  message,
  errorCode: "FIELD_CUSTOM_VALIDATION_EXCEPTION",
  fields: [field],
});

/** Addresses whose country the organisation's list of countries does not know. */
export function strangeCountries(values: Values): Problem[] {
  return Object.entries(values).flatMap(([name, value]) => {
    if (!name.endsWith("Country") || typeof value !== "string" || countries.has(value)) return [];
    const label = `${name.slice(0, -"Country".length)} Country`;
    return [
      {
        message: `There's a problem with this country, even though it may appear correct. Please select a country/territory from the list of valid countries.: ${label}`,
        errorCode: "FIELD_INTEGRITY_EXCEPTION",
        fields: [name],
      },
    ];
  });
}

const letters = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
const namer = new Intl.DisplayNames("en", { type: "region", fallback: "none" });
const countries = new Set(
  letters.flatMap((first) => letters.flatMap((second) => namer.of(first + second) ?? [])),
);
