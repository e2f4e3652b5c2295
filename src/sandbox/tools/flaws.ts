/**
 * What is wrong with some of the simulated contacts, as it is in every real address book.
 * `outcome` is what should become of each on its way from a HubSpot contact to a QuickBooks
 * customer: seven end as dead letters, three of them for the same cause.
 */
export type Flaw = {
  key: string;
  wrong: string;
  outcome: "goes through" | "dead letter";
  because: string;
  /** HubSpot properties in which it differs from the person who would stand there. */
  properties: Record<string, string | null>;
};

/** Contacts with nothing wrong themselves, whose name somebody else has too. */
export const bystanders: Record<string, string>[] = [
  { firstname: "Emma", lastname: "Lindgaard", email: "emma.lindgaard@fjordtextiles.example" },
  { firstname: "Carlos", lastname: "Menezes", email: "carlos.menezes@atlasprint.example" },
];

/** A customer who stands in QuickBooks from the start under the name of a contact. */
export const sharedName = { first: "Daniel", last: "Okafor" };

/** A contact, with nothing wrong, whom QuickBooks knows by this e-mail under another name. */
export const sharedEmail = {
  properties: { firstname: "Rosa", lastname: "Marinova", email: "rosa@meadowlane.example" },
  displayName: "Meadow Lane Bakery",
};

const refused = (what: string) => `QuickBooks refuses it: ${what}`;
const nameTaken = refused("the name is taken (6240)");

export const flaws: Flaw[] = [
  {
    key: "no_email",
    wrong: "has no e-mail",
    outcome: "goes through",
    because: "QuickBooks needs none; it is created without one",
    properties: { firstname: "Ivo", lastname: "Brankov", email: null },
  },
  {
    key: "phone_is_words",
    wrong: "its phone is no phone: call reception",
    outcome: "dead letter",
    because: "the phone cannot be read as a number",
    properties: { firstname: "Selma", lastname: "Aydemir", email: "selma@bosporus.example", phone: "call reception" }, // prettier-ignore
  },
  {
    key: "same_name_first",
    wrong: "a second Emma Lindgaard",
    outcome: "dead letter",
    because: nameTaken,
    properties: { firstname: "Emma", lastname: "Lindgaard", email: "emma.l@example.org" },
  },
  {
    key: "same_name_second",
    wrong: "a second Carlos Menezes, written in capitals",
    outcome: "dead letter",
    because: nameTaken,
    properties: { firstname: "CARLOS", lastname: "MENEZES", email: "c.menezes@example.net" },
  },
  {
    key: "same_name_in_books",
    wrong: "QuickBooks has a customer of this name already, with another e-mail",
    outcome: "dead letter",
    because: nameTaken,
    properties: { firstname: sharedName.first, lastname: sharedName.last, email: "daniel.okafor@example.com" }, // prettier-ignore
  },
  {
    key: "name_too_long",
    wrong: "a first name of 39 characters",
    outcome: "dead letter",
    because: refused("a given name has at most 25 characters (2050)"),
    properties: { firstname: "Maria Fernanda de los Ángeles Guadalupe", lastname: "Ortizábal", email: "mf.ortizabal@example.com" }, // prettier-ignore
  },
  {
    key: "colon_and_tab_in_name",
    wrong: "a colon and a tab in the last name",
    outcome: "dead letter",
    because: refused("a name has no colon, tab or new line (2040)"),
    properties: { firstname: "Ruth", lastname: "Abara:\tAccounts", email: "ruth@abara.example" },
  },
  {
    key: "email_typo",
    wrong: "two dots in the e-mail's domain, which HubSpot let in",
    outcome: "dead letter",
    because: "the e-mail is not an address",
    properties: { firstname: "Viktor", lastname: "Halvorsen", email: "viktor@halvorsen..example" },
  },
  {
    key: "apostrophe",
    wrong: "an apostrophe in the last name",
    outcome: "goes through",
    because: "it is an ordinary name; it must be escaped where it is searched for",
    properties: { firstname: "Siobhán", lastname: "O'Brien", email: "siobhan.o'brien@example.com" },
  },
  {
    key: "emoji",
    wrong: "an emoji in the first name",
    outcome: "goes through",
    because: "text is text",
    properties: { firstname: "Zoë 🌸", lastname: "Castellane", email: "zoe@castellane.example" },
  },
  {
    key: "html_in_name",
    wrong: "a script where the last name should be",
    outcome: "goes through",
    because: "text is text; whoever shows it must escape it",
    properties: { firstname: "<b>Tim</b>", lastname: "<script>alert(1)</script>", email: "tim@example.org" }, // prettier-ignore
  },
  {
    key: "spaces_and_decomposed",
    wrong: "spaces around the name, and letters with their marks apart (NFD)",
    outcome: "goes through",
    because: "QuickBooks trims it; the name is the same name",
    properties: {
      firstname: "  Chloe\u0301",
      lastname: "Dupre\u0301  ",
      email: "chloe@dupre.example",
    },
  },
  {
    key: "country_in_words",
    wrong: "the country is a word people use, neither its name nor its code: Holland",
    outcome: "goes through",
    because: "it is known what is meant, and QuickBooks takes any text",
    properties: { firstname: "Pieter", lastname: "van der Wijk", email: "pieter@wijk.example", city: "Utrecht", state: null, zip: "3511 LN", country: "Holland" }, // prettier-ignore
  },
  {
    key: "address_changed",
    wrong: "moved from Galway to Cork long after it was created",
    outcome: "goes through",
    because: "an address is updated like anything else",
    properties: { firstname: "Aoife", lastname: "Kinsella", email: "aoife@kinsella.example", address: "14 Lavitts Quay", city: "Cork", state: "Co. Cork", zip: "T12 X2N8", country: "Ireland", phone: "+353 20 914 5812" }, // prettier-ignore
  },
];
