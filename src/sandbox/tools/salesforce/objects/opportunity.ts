import {
  choice,
  date,
  externalId,
  flag,
  longText,
  money,
  onceOnly,
  percent,
  readOnly,
  reference,
  required,
  restricted,
  sobject,
  text,
} from "../fields.ts";

/** What a stage says besides its name. Source: the stages a new organisation has. */
export const stages: Record<string, { probability: number; closed: boolean; won: boolean }> = {
  Prospecting: { probability: 10, closed: false, won: false },
  Qualification: { probability: 10, closed: false, won: false },
  "Needs Analysis": { probability: 20, closed: false, won: false },
  "Value Proposition": { probability: 50, closed: false, won: false },
  "Id. Decision Makers": { probability: 60, closed: false, won: false },
  "Perception Analysis": { probability: 70, closed: false, won: false },
  "Proposal/Price Quote": { probability: 75, closed: false, won: false },
  "Negotiation/Review": { probability: 90, closed: false, won: false },
  "Closed Won": { probability: 100, closed: true, won: true },
  "Closed Lost": { probability: 0, closed: true, won: false },
};

/** A deal. */
export const opportunity = sobject(["Opportunity", "Opportunity", "Opportunities", "006"], {
  AccountId: reference("Account ID", "Account", "Account"),
  /** Made into a contact role when the record is created, and never changed after. */
  ContactId: onceOnly(reference("Contact ID", "Contact", "Contact")),
  Name: required(text("Name", 120)),
  Description: longText("Description"),
  StageName: required(restricted("Stage", Object.keys(stages))),
  Amount: money("Amount"),
  Probability: percent("Probability (%)"),
  ExpectedRevenue: readOnly(money("Expected Amount")),
  CloseDate: required(date("Close Date")),
  Type: choice("Opportunity Type", ["New Customer", "Existing Customer - Upgrade", "Existing Customer - Replacement"]), // prettier-ignore
  NextStep: text("Next Step", 255),
  LeadSource: choice("Lead Source", ["Web", "Phone Inquiry", "Partner Referral", "Purchased List", "Other"]), // prettier-ignore
  IsClosed: readOnly(flag("Closed")),
  IsWon: readOnly(flag("Won")),
  External_Id__c: externalId("External Id", false),
});
