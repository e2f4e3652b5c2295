export const PORTAL = 39812704;

const OWN = "EUR";

/** The currencies this portal deals in; others are no option. */
export const currencies = [OWN, "USD", "GBP", "CHF", "SEK", "PLN", "JPY", "INR", "BRL", "KES", "CAD", "AUD", "DKK", "NOK"]; // prettier-ignore

/** The answer to `/account-info/…/details`. */
export const account = {
  portalId: PORTAL,
  accountType: "STANDARD",
  timeZone: "Europe/Berlin",
  companyCurrency: OWN,
  additionalCurrencies: currencies.slice(1),
  utcOffset: "+01:00",
  utcOffsetMilliseconds: 3_600_000,
  uiDomain: "app.hubspot.com",
  dataHostingLocation: "na1",
};
