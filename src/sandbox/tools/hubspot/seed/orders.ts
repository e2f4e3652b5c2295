import { person } from "../../people.ts";
import { pipelines } from "../pipelines.ts";
import { createdAt, iso, type Maker, nth, turn } from "./made.ts";

const CURRENCIES = ["EUR", "USD", "EUR", "GBP", "PLN"];
const PAYMENT = ["paid", "paid", "pending", "refunded"];
const SPREAD = 50;

/** How far an order is, stage by stage. */
const FULFILMENT = ["unfulfilled", "unfulfilled", "partial", "fulfilled", "cancelled"];
const STATUS = ["open", "open", "open", "closed", "cancelled"];
const SHIPPED = [false, false, true, true, false];

export const orders: Maker = {
  make(n, portal) {
    const pipeline = turn(pipelines.orders ?? [], 0);
    const contact = nth(portal, "contacts", n * 11);
    const employer = contact.flatMap((end) => portal.associations.of(end, "companies"));
    return {
      values: {
        hs_order_name: `#${String(1042 + n)}`,
        hs_external_order_id: `SHOP-${String(880_001 + n)}`,
        hs_external_order_status: turn(STATUS, n),
        hs_external_created_date: iso(createdAt(n % SPREAD, SPREAD)),
        hs_source_store: turn(["Web shop", "Market stall"], n),
        hs_currency_code: turn(CURRENCIES, n),
        hs_payment_status: turn(PAYMENT, n),
        hs_fulfillment_status: turn(FULFILMENT, n),
        hs_pipeline: pipeline.id,
        hs_pipeline_stage: turn(pipeline.stages, n).id,
        ...(turn(SHIPPED, n) && { hs_shipping_tracking_number: `TRK${String(7_700_000 + n)}` }),
        ...prices(1_900 + ((n * 3_310) % 48_000)),
        ...buyer(n * 11),
      },
      to: [
        ...contact,
        ...employer.slice(0, 1).map(({ to }) => to),
        ...(n % 5 === 0 ? nth(portal, "deals", n) : []),
      ],
    };
  },
  flaws: {
    // The number of one before it, and no order number of the shop.
    7: { values: { hs_order_name: "#1048", hs_external_order_id: null } },
    13: { values: { hs_billing_address_email: null }, loose: true },
    18: { values: { hs_total_price: "49", hs_currency_code: null } },
    24: { values: { hs_order_note: "Ring <script>alert(1)</script> twice" } },
    31: { values: { hs_fulfillment_status: "FULFILLED " } },
  },
};

function prices(cents: number) {
  const tax = Math.round(cents * 0.2);
  return {
    hs_subtotal_price: (cents / 100).toFixed(2),
    hs_tax: (tax / 100).toFixed(2),
    hs_total_price: ((cents + tax) / 100).toFixed(2),
  };
}

function buyer(n: number) {
  const one = person(n);
  return {
    hs_billing_address_firstname: one.first,
    hs_billing_address_lastname: one.last,
    hs_billing_address_email: one.email,
    hs_billing_address_street: one.street,
    hs_billing_address_city: one.city,
    hs_billing_address_postal_code: one.postalCode,
    hs_billing_address_country: one.country,
    hs_shipping_address_city: one.city,
    hs_shipping_address_country: one.country,
  };
}
