/** A custom field, which is addressed by its id and never by its name. */
export type CustomField = {
  id: string;
  label: string;
  type: "text" | "textarea" | "date" | "dropdown" | "checkbox" | "number" | "currency";
  /** How it is named in personalisation, and in webhooks. */
  tag: string;
  options: readonly string[];
};

const field = (
  id: number,
  label: string,
  type: CustomField["type"] = "text",
  options: readonly string[] = [],
): CustomField => ({
  id: String(id),
  label,
  type,
  tag: label.toUpperCase().replace(/[^A-Z0-9]+/g, "_"),
  options,
});

/** What this account keeps of contacts besides the four fields that every account has. */
export const contactFields: readonly CustomField[] = [
  field(1, "Mobile"),
  field(2, "Website"),
  field(3, "Street"),
  field(4, "City"),
  field(5, "State"),
  field(6, "Postal code"),
  field(7, "Country"),
  field(8, "Language", "dropdown", ["en", "de", "fr", "es", "pt", "it", "nl", "sv", "pl", "ja"]),
  field(9, "Customer since", "date"),
  field(10, "Interests", "checkbox", ["Bread", "Books", "Bicycles", "Gardens"]),
  field(11, "Notes", "textarea"),
];

/** Source: the account fields that every ActiveCampaign account begins with. */
export const accountFields: readonly CustomField[] = [
  field(1, "Description", "textarea"),
  field(2, "Address 1"),
  field(3, "Address 2"),
  field(4, "City"),
  field(5, "State/Province"),
  field(6, "Postal Code"),
  field(7, "Country"),
  field(8, "Number of Employees", "number"),
  field(9, "Annual Revenue", "currency"),
  field(10, "Industry/Vertical"),
  field(11, "Phone Number"),
];

export const dealFields: readonly CustomField[] = [
  field(1, "Forecasted Close Date", "date"),
  field(2, "Source", "dropdown", ["Website", "Referral", "Fair", "Other"]),
];
