import { boolean } from "./boolean.ts";
import type { Codec } from "./codec.ts";
import { country } from "./country.ts";
import { currency } from "./currency.ts";
import { email } from "./email.ts";
import { choice } from "./enum.ts";
import { epochMs, instant } from "./instant.ts";
import { phone } from "./phone.ts";
import { text } from "./text.ts";

/** Every codec a field line may name. A new one is a new file and one line here. */
export const codecs: Readonly<Record<string, Codec>> = {
  text,
  email,
  phone,
  country,
  currency,
  enum: choice,
  boolean,
  epoch_ms: epochMs,
  instant,
};
