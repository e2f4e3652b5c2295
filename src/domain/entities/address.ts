import { of, personalText, type Field } from "./field.ts";

/** Where somebody lives or works. */
export const address: Readonly<Record<string, Field>> = {
  "address.line1": personalText("Street"),
  "address.line2": personalText("Street, second line"),
  "address.city": personalText("City"),
  "address.region": personalText("Region"),
  "address.postcode": personalText("Postcode"),
  "address.country": of("Country", "country"),
};
