import { expect, test } from "vitest";
import { addressesOf } from "#connectors/address.ts";
import { filters } from "#connectors/manifest/filters.ts";

const setting = (usual?: string) => ({
  title: "Shelf",
  base_url: { setting: "api_url", within: ["api.shelf.example"] },
  hosts: {},
  settings: {
    api_url: { label: "Address", about: "Yours.", optional: false, kind: "text" as const, ...(usual !== undefined && { default: usual }) }, // prettier-ignore
  },
});
const addressFor = (usual: string | undefined, settings: Record<string, string>) =>
  addressesOf(setting(usual), { name: "shelf" as never, baseUrl: null, settings })(null);

test("an address that a connection may choose is the usual one unless it does", () => {
  const usual = "https://api.shelf.example";
  expect(addressFor(usual, {})).toBe(usual);
  expect(addressFor(usual, { api_url: "https://us6.api.shelf.example/" })).toBe("https://us6.api.shelf.example"); // prettier-ignore
  expect(() => addressFor(usual, { api_url: "https://shelf.example" })).toThrow(/ends in api\.shelf/); // prettier-ignore
  expect(() => addressFor(undefined, {})).toThrow(/is accepted/);
});

test("Mailchimp's hash of an address does not know large letters", () => {
  // The hash and the address stand together in Mailchimp's own documentation.
  expect(filters["md5"]?.apply("Urist.McVankab@freddiesjokes.com", null)).toBe("62eeb292278cc15f5817cb78f7790b08"); // prettier-ignore
});
