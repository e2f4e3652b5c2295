import { type Fields, flag, ignored, list, name, number, object, text } from "./fields.ts";
import { address, emailAddress, phone, reference } from "./parts.ts";

/**
 * What a request may say about a customer, and how long it may be. Source: lengths told in
 * Intuit's schema (Finance.xsd, IntuitNamesTypes.xsd); a display name of 500 and a phone of 30 are
 * from its reference page. Read-only fields are taken and ignored, as QuickBooks does.
 */
export const customerFields: Fields = {
  Id: ignored,
  SyncToken: ignored,
  sparse: ignored,
  domain: ignored,
  status: ignored,
  MetaData: ignored,
  FullyQualifiedName: ignored,
  V4IDPseudonym: ignored,
  Level: ignored,
  BalanceWithJobs: ignored,
  IsProject: ignored,
  ClientEntityId: ignored,
  DisplayName: name(500),
  Title: name(15),
  GivenName: name(25),
  MiddleName: name(25),
  FamilyName: name(25),
  Suffix: name(15),
  CompanyName: text(100),
  PrintOnCheckName: text(110),
  Active: flag,
  PrimaryPhone: phone,
  AlternatePhone: phone,
  Mobile: phone,
  Fax: phone,
  PrimaryEmailAddr: emailAddress,
  WebAddr: object({ Id: ignored, URI: text(1000), Default: flag, Tag: text(100) }),
  BillAddr: address,
  ShipAddr: address,
  Notes: text(1024),
  AcctNum: text(99),
  ResaleNum: text(16),
  Taxable: flag,
  Job: flag,
  BillWithParent: flag,
  Balance: number,
  OpenBalanceDate: text(10),
  CreditLimit: number,
  PreferredDeliveryMethod: text(20),
  CurrencyRef: reference,
  DefaultTaxCodeRef: reference,
  ParentRef: reference,
  CustomerTypeRef: reference,
  SalesTermRef: reference,
  PaymentMethodRef: reference,
  ARAccountRef: reference,
  PrimaryTaxIdentifier: text(20),
  SecondaryTaxIdentifier: text(20),
  BusinessNumber: text(10),
  GSTIN: text(15),
  GSTRegistrationType: text(15),
  CustomField: list(),
};

export const nameParts = ["Title", "GivenName", "MiddleName", "FamilyName", "Suffix"];
