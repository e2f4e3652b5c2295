import type { Problem } from "./errors.ts";
import type { SObject, Value } from "./fields.ts";
import type { Organisation, Row } from "./organisation.ts";
import type { Schema } from "./schema.ts";
import type { Values } from "./rules.ts";

/** The fields by which the rule of an object compares. */
const compared: Record<string, readonly string[]> = {
  Contact: ["Email", "FirstName", "LastName"],
  Account: ["Name", "Website", "BillingCity", "BillingPostalCode"],
};

/**
 * The standard duplicate rules: a contact with the same e-mail and name, an account with the same name
 * and the same website or place. The real ones compare more fuzzily.
 */
export function duplicatesOf(
  organisation: Organisation,
  object: SObject,
  after: Values,
  before: Values,
): Row[] {
  const changed = (compared[object.name] ?? []).some(
    (name) => (after[name] ?? null) !== (before[name] ?? null),
  );
  if (!changed) return [];
  const field = object.name === "Contact" ? "Email" : "Name";
  if ((after[field] ?? null) === null) return [];
  const alike = object.name === "Contact" ? samePerson : sameCompany;
  return organisation
    .holders(object, field, after[field] ?? null)
    .filter((row) => row.Id !== after["Id"] && alike(row, after));
}

const same = (left: Value | undefined, right: Value | undefined): boolean =>
  typeof left === "string" &&
  typeof right === "string" &&
  left.normalize("NFC").toLowerCase() === right.normalize("NFC").toLowerCase();

const samePerson = (one: Values, other: Values): boolean =>
  same(one["LastName"], other["LastName"]) &&
  (same(one["FirstName"], other["FirstName"]) || (one["FirstName"] ?? null) === null);

const sameCompany = (one: Values, other: Values): boolean =>
  same(one["Website"], other["Website"]) ||
  (same(one["BillingCity"], other["BillingCity"]) &&
    same(one["BillingPostalCode"], other["BillingPostalCode"]));

export const duplicatesDetected = (
  object: SObject,
  found: readonly Row[],
  schema: Schema,
): Problem => ({
  duplicateResult: {
    allowSave: true,
    duplicateRule: `Standard_${object.name}_Duplicate_Rule`,
    duplicateRuleEntityType: object.name,
    errorMessage: DETECTED,
    matchResults: [
      {
        entityType: object.name,
        errors: [],
        matchEngine: "FuzzyMatchEngine",
        matchRecords: found.map(({ Id }) => ({
          additionalInformation: [],
          fieldDiffs: [],
          matchConfidence: 100,
          record: { attributes: { type: schema.objectOf(Id)?.name ?? object.name }, Id },
        })),
        rule: `Standard_${object.name}_Match_Rule_v1_1`,
        size: found.length,
        success: true,
      },
    ],
  },
  errorCode: "DUPLICATES_DETECTED",
  message: DETECTED,
});

const DETECTED =
  "You're creating a duplicate record. We recommend you use an existing record instead.";
