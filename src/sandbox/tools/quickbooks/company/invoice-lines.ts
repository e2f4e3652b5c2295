import { businessRule, missingParam, wrongAmount } from "../errors.ts";
import { referred, type Values } from "../fields/values.ts";
import type { Items } from "./items.ts";
import { amount, cents } from "./money.ts";

export type Lines = {
  /** As they are told: numbered, named, with the subtotal that nobody wrote. */
  lines: Values[];
  /** In cents, of what is sold less what is taken off. */
  net: number;
};

/** The lines of an invoice from those of a request; subtotals that come along are dropped. */
export function linesOf(given: unknown, items: Items): Lines {
  const written = (Array.isArray(given) ? (given as Values[]) : []).filter(
    ({ DetailType }) => DetailType !== "SubTotalLineDetail",
  );
  const told = written
    .filter(({ DetailType }) => DetailType !== "DiscountLineDetail")
    .map((line) =>
      line["DetailType"] === "DescriptionOnly" ? described(line) : sold(line, items),
    );
  if (told.length === 0) throw missingParam("Line");
  const subtotal = told.reduce((sum, line) => sum + cents(Number(line["Amount"] ?? 0)), 0);
  const discounts = written
    .filter(({ DetailType }) => DetailType === "DiscountLineDetail")
    .map((line) => discounted(line, subtotal));
  const off = discounts.reduce((sum, line) => sum + cents(Number(line["Amount"])), 0);
  const summed = {
    Amount: amount(subtotal),
    DetailType: "SubTotalLineDetail",
    SubTotalLineDetail: {},
  };
  return { lines: [...numbered(told), summed, ...discounts], net: subtotal - off };
}

function described(line: Values): Values {
  if (line["Description"] === undefined) throw missingParam("Line.Description");
  return { ...line, DescriptionLineDetail: line["DescriptionLineDetail"] ?? {} };
}

/** A line without an item is taken for a remark, and its amount for nothing (unverified). */
function sold(line: Values, items: Items): Values {
  if (line["DetailType"] === undefined) throw missingParam("Line.DetailType");
  const detail = (line["SalesItemLineDetail"] ?? {}) as Values;
  const item = items.referredBy(detail["ItemRef"]);
  if (item === undefined) {
    const { Amount: _, ...remark } = line;
    return { ...remark, SalesItemLineDetail: detail };
  }
  if (typeof line["Amount"] !== "number") throw missingParam("Line.Amount");
  const inCents = cents(line["Amount"]);
  const { Qty: quantity, UnitPrice: price } = detail;
  if (
    typeof quantity === "number" &&
    typeof price === "number" &&
    cents(quantity, price) !== inCents
  ) {
    throw wrongAmount(line["Amount"]);
  }
  return {
    ...line,
    Amount: amount(inCents),
    SalesItemLineDetail: {
      TaxCodeRef: { value: "NON" },
      ...detail,
      ItemRef: { value: referred(detail["ItemRef"]), name: item.Name },
    },
  };
}

function discounted(line: Values, subtotal: number): Values {
  const detail = (line["DiscountLineDetail"] ?? {}) as Values;
  const percent = detail["DiscountPercent"];
  if (detail["PercentBased"] === true) {
    if (typeof percent !== "number") throw missingParam("DiscountPercent");
    return { ...line, Amount: amount(cents(amount(subtotal), percent / 100)) };
  }
  if (typeof line["Amount"] !== "number") throw missingParam("Line.Amount");
  if (line["Amount"] < 0) throw businessRule("A discount is not below zero.");
  return { ...line, Amount: amount(cents(line["Amount"])) };
}

/** Lines keep the ids they came with; others get the next ones. */
function numbered(lines: Values[]): Values[] {
  let last = Math.max(0, ...lines.map(({ Id }) => Number(Id ?? 0) || 0));
  return lines.map((line, index) => {
    if (line["Id"] === undefined) last += 1;
    return { ...line, Id: line["Id"] ?? String(last), LineNum: index + 1 };
  });
}
