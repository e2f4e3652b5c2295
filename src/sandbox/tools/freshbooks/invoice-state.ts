import { hundredths, money, type Money } from "./decimal.ts";
import type { Values } from "./fields.ts";
import { type Line, totalOf } from "./lines.ts";
import { daysAfter } from "./time.ts";

export type Invoice = Values & {
  id: number;
  customerid: number;
  invoice_number: string;
  create_date: string;
  due_date: string;
  due_offset_days: number;
  currency_code: string;
  discount_value: string;
  /** 1 draft, 2 sent, 3 viewed, 4 paid, 8 partial. */
  status: number;
  v3_status: string;
  amount: Money;
  outstanding: Money;
  paid: Money;
  vis_state: number;
  updated: string;
  /** Told only to who asks with `include[]=lines`. */
  lines: Line[];
};

const SENT = 2;
const PAID = 4;
const PARTIAL = 8;

/** Everything about an invoice that follows from the rest of it; `today` decides what is overdue. */
export function settled(invoice: Invoice, today: string): Invoice {
  const { currency_code: code, lines, discount_value: discount } = invoice;
  const { total, off } = totalOf(lines, discount);
  const paid = hundredths(invoice.paid.amount);
  const due_date = daysAfter(invoice.create_date, invoice.due_offset_days);
  const status = statusOf(invoice.status, paid, total);
  return {
    ...invoice,
    amount: money(total, code),
    discount_total: money(-off, code),
    paid: money(paid, code),
    outstanding: money(total - paid, code),
    due_date,
    status,
    payment_status: status === PAID ? "paid" : paid > 0n ? "partial" : "unpaid",
    v3_status: v3Of(status, due_date < today),
    display_status: status === 1 ? "draft" : status === 3 ? "viewed" : "sent",
  };
}

function statusOf(status: number, paid: bigint, total: bigint): number {
  if (paid > 0n) return paid >= total ? PAID : PARTIAL;
  return status === PAID || status === PARTIAL ? SENT : status;
}

/** What the useful status says; its list is FreshBooks' "v3 statuses". */
function v3Of(status: number, late: boolean): string {
  if (status === 1) return "draft";
  if (status === PAID) return "paid";
  if (late) return "overdue";
  if (status === PARTIAL) return "partial";
  return status === 3 ? "viewed" : "sent";
}
