export type MergeType = "text" | "number" | "address" | "phone" | "date" | "url" | "zip" | "birthday" | "dropdown"; // prettier-ignore

export type MergeField = {
  tag: string;
  name: string;
  type: MergeType;
  required: boolean;
  /** Of a phone: US takes ten digits alone, none takes anything. */
  phoneFormat?: "US" | "none";
  choices?: readonly string[];
};

export type Audience = {
  id: string;
  webId: number;
  name: string;
  /** What our own pages and switches call its members. */
  object: string;
  doubleOptin: boolean;
  mergeFields: readonly MergeField[];
};

const field = (tag: string, name: string, type: MergeType, more: Partial<MergeField> = {}) => ({
  tag,
  name,
  type,
  required: false,
  ...more,
});

/** The audience that a connector is pointed at. */
export const main: Audience = {
  id: "57afe96172",
  webId: 1001,
  name: "Customers of Harbour & Sons",
  object: "members",
  doubleOptin: false,
  mergeFields: [
    field("FNAME", "First Name", "text"),
    field("LNAME", "Last Name", "text"),
    field("ADDRESS", "Address", "address"),
    field("PHONE", "Phone Number", "phone", { phoneFormat: "none" }),
    field("BIRTHDAY", "Birthday", "birthday"),
    field("COMPANY", "Company", "text"),
    field("MOBILE", "Mobile", "phone", { phoneFormat: "none" }),
    field("WEBSITE", "Website", "url"),
    field("SINCE", "Customer since", "date"),
    field("LTV", "Lifetime value", "number"),
    field("TIER", "Tier", "dropdown", { choices: ["Bronze", "Silver", "Gold"] }),
    field("NOTES", "Notes", "text"),
  ],
};

/** Another one: its tags have other names, two are required, and who joins has to confirm it. */
export const partners: Audience = {
  id: "a6b5da1054",
  webId: 1002,
  name: "Trade partners",
  object: "partners",
  doubleOptin: true,
  mergeFields: [
    field("FIRST", "First Name", "text", { required: true }),
    field("MMERGE2", "Last Name", "text"),
    field("ADDRESS", "Address", "address"),
    field("PHONE", "Phone Number", "phone", { phoneFormat: "US" }),
    field("FIRM", "Company", "text", { required: true }),
    field("ZIP", "ZIP code", "zip"),
  ],
};

export const audiences: readonly Audience[] = [main, partners];

/** As `/merge-fields` tells it; the e-mail address, which every audience has, is not in the list. */
export const mergeFieldModel = (audience: Audience, field: MergeField) => {
  const at = audience.mergeFields.indexOf(field);
  return {
    merge_id: at + 1,
    tag: field.tag,
    name: field.name,
    type: field.type,
    required: field.required,
    default_value: "",
    public: false,
    display_order: at + 2,
    options: {
      ...(field.type === "text" && { size: 25 }),
      ...(field.type === "address" && { default_country: 164 }),
      ...(field.type === "date" && { date_format: "MM/DD/YYYY" }),
      ...(field.type === "birthday" && { date_format: "MM/DD" }),
      ...(field.phoneFormat !== undefined && { phone_format: field.phoneFormat }),
      ...(field.choices !== undefined && { choices: field.choices }),
    },
    help_text: "",
    list_id: audience.id,
  };
};
