import type { FieldKind } from "#domain/entities/entity.ts";
import type { Value } from "#domain/fields.ts";
import { checkField } from "#operations/check-field.ts";
import { expect, test } from "vitest";

const email: FieldKind = { kind: "email" };
const phone: FieldKind = { kind: "phone" };
const choice: FieldKind = { kind: "choice", of: ["subscribed", "unsubscribed"] };

const taken: [FieldKind, Value, Value][] = [
  [email, " Ada@Example.COM ", "Ada@example.com"],
  [email, "ada+books@exämple.co.uk", "ada+books@exämple.co.uk"],
  [phone, "+33 1 70 18 99 00", "+33170189900"],
  [phone, "0044 (0)20 7946 0018", "+442079460018"],
  [phone, "", null],
  [{ kind: "url" }, "https://example.com/a?b", "https://example.com/a?b"],
  [{ kind: "country" }, "fr", "FR"],
  [{ kind: "currency" }, "eur", "EUR"],
  [{ kind: "boolean" }, "Yes", true],
  [{ kind: "boolean" }, false, false],
  [choice, "Subscribed", "subscribed"],
  [{ kind: "text" }, "  Renée  ", "Renée"],
  [{ kind: "text" }, null, null],
];
test.each(taken)("%j takes %j as %j", (type, typed, value) => {
  expect(checkField(type, typed)).toEqual({ ok: true, value });
});

const refused: [FieldKind, Value][] = [
  [email, "grace"],
  [email, "ada@localhost"],
  [email, "a b@example.com"],
  [email, `${"a".repeat(65)}@example.com`],
  [email, "ada..b@example.com"],
  [phone, "01 70 18 99 00"],
  [phone, "+33 CALL ME"],
  [phone, "+123"],
  [{ kind: "url" }, "javascript:alert(1)"],
  [{ kind: "url" }, "https://user:pw@example.com"],
  [{ kind: "country" }, "France"],
  [{ kind: "country" }, "XQ"],
  [{ kind: "currency" }, "EURO"],
  [{ kind: "boolean" }, "perhaps"],
  [choice, "maybe"],
  [{ kind: "text" }, "a\0b"],
  [{ kind: "text" }, "\ud800"],
  [{ kind: "text" }, true],
];
test.each(refused)("%j refuses %j without repeating it", (type, typed) => {
  const checked = checkField(type, typed);
  expect(checked.ok).toBe(false);
  if (!checked.ok) expect(checked.message).not.toContain(String(typed));
});
