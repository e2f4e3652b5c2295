import { missingParam } from "../errors.ts";
import { nameParts } from "../fields/customer-fields.ts";
import { filled, type Values } from "../fields/values.ts";
import { currencyIn, currencyRef, HOME } from "./currencies.ts";

export const NEW = {
  Taxable: true,
  Job: false,
  BillWithParent: false,
  Balance: 0,
  CurrencyRef: currencyRef(HOME),
  PreferredDeliveryMethod: "Print",
  Active: true,
};

/** Kept by an update that does not name them, sparse or not. */
const LASTING = ["Balance", "CurrencyRef", "Active"];
const COMPUTED = ["Id", "SyncToken", "MetaData", "FullyQualifiedName", "Level", "BalanceWithJobs", "IsProject", "ClientEntityId", "domain", "sparse"]; // prettier-ignore

type Named = Values & { DisplayName: string };

/** What a customer will say, from what was and what is given. */
export const settled = (before: Values, given: Values): Named => {
  const values = filled({ ...before, ...given });
  const CurrencyRef = currencyIn(values);
  return named(CurrencyRef === undefined ? values : { ...values, CurrencyRef });
};

/** A customer without a display name is called by its parts; without either it is refused. */
function named(values: Values): Named {
  const parts = nameParts.flatMap((part) => (values[part] ? [String(values[part])] : []));
  const name = values["DisplayName"] ? String(values["DisplayName"]) : parts.join(" ");
  if (name === "") throw missingParam("DisplayName");
  return { PrintOnCheckName: name, ...values, DisplayName: name };
}

/** Its place below another customer; null for one that stands alone. */
export type Place = { parentName: string; level: number } | null;

export const whole = (values: Named, place: Place) => ({
  ...values,
  FullyQualifiedName:
    place === null ? values.DisplayName : `${place.parentName}:${values.DisplayName}`,
  ...(place !== null && { Level: place.level }),
  BalanceWithJobs: Number(values["Balance"] ?? 0),
  IsProject: false,
  ClientEntityId: "0",
  domain: "QBO",
  sparse: false,
  Active: values["Active"] !== false,
});

export const contentOf = (customer: Values): Values =>
  Object.fromEntries(Object.entries(customer).filter(([key]) => !COMPUTED.includes(key)));

export const lastingOf = (customer: Values): Values =>
  Object.fromEntries(Object.entries(customer).filter(([key]) => LASTING.includes(key)));
