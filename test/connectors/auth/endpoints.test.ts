import { expect, test } from "vitest";
import { endpointsOf } from "#connectors/auth/endpoints.ts";

test.each([
  [
    "https://api.hubapi.com",
    null,
    "https://app.hubspot.com/oauth/authorize",
    "https://app.hubspot.com/oauth/authorize",
  ],
  [
    "https://api.hubapi.com",
    "http://127.0.0.1:4101/",
    "https://app.hubspot.com/oauth/authorize",
    "http://127.0.0.1:4101/oauth/authorize",
  ],
  [
    "https://api.hubapi.com",
    "http://127.0.0.1:4101/x",
    "https://api.hubapi.com/token?a=b",
    "http://127.0.0.1:4101/token?a=b",
  ],
  [
    "https://quickbooks.api.intuit.com",
    "https://sandbox-quickbooks.api.intuit.com",
    "https://oauth.platform.intuit.com/t",
    "https://oauth.platform.intuit.com/t",
  ],
  [
    "https://login.salesforce.com",
    "https://test.salesforce.com",
    "https://login.salesforce.com/services/oauth2/token",
    "https://test.salesforce.com/services/oauth2/token",
  ],
  [
    "https://login.salesforce.com",
    "https://test.salesforce.com",
    "https://login.salesforce.com",
    "https://test.salesforce.com",
  ],
  [
    "https://api.x.com",
    "https://evil.example",
    "https://sign-in.x.com/t",
    "https://evil.example/t",
  ],
  ["https://127.0.0.1:1", "http://127.0.0.2:2", "https://sign-in.x.com/t", "http://127.0.0.2:2/t"],
])("of %s, at %s, %s is %s", (usual, own, url, where) => {
  expect(endpointsOf(usual, own)(url)).toBe(where);
});
