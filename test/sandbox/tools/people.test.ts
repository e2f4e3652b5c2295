import { isValidPhoneNumber } from "libphonenumber-js";
import { expect, test } from "vitest";
import { person } from "#sandbox/tools/people.ts";

const many = Array.from({ length: 12_000 }, (_, n) => person(n));

test("the same number is always the same person", () => {
  expect(person(4711)).toEqual(person(4711));
});

test("no two people share a name or an e-mail", () => {
  const names = many.map(({ first, last }) => `${first} ${last}`.toLowerCase());
  expect(new Set(names).size).toBe(many.length);
  expect(new Set(many.map(({ email }) => email)).size).toBe(many.length);
});

test("phones are numbers that can be called, e-mails are at example domains", () => {
  for (const { phone, mobile, email } of many.slice(0, 2000)) {
    expect(email).toMatch(/^[a-z.]+@([a-z-]+\.example|example\.(com|org|net))$/);
    for (const number of [phone, mobile]) {
      if (number !== null) expect(isValidPhoneNumber(number), number).toBe(true);
    }
  }
});

test("every name fits into QuickBooks", () => {
  expect(Math.max(...many.map(({ first }) => first.length))).toBeLessThanOrEqual(25);
  expect(Math.max(...many.map(({ last }) => last.length))).toBeLessThanOrEqual(25);
});
