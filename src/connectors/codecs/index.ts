import { boolean } from "./boolean.ts";
import type { Codec } from "./codec.ts";
import { content } from "./content.ts";
import { country } from "./country.ts";
import { currency } from "./currency.ts";
import { date } from "./date.ts";
import { cents, money, number } from "./decimal.ts";
import { email } from "./email.ts";
import { choice, flag, numberChoice } from "./enum.ts";
import { epochMs, epochS, instant } from "./instant.ts";
import { path } from "./path.ts";
import { phone } from "./phone.ts";
import { reference } from "./reference.ts";
import { text } from "./text.ts";

/** Every codec a field line may name. A new one is a new file and one line here. */
export const codecs: Readonly<Record<string, Codec>> = {
  text,
  email,
  phone,
  country,
  currency,
  enum: choice,
  enum_number: numberChoice,
  flag,
  boolean,
  number,
  money,
  cents,
  date,
  epoch_ms: epochMs,
  epoch_s: epochS,
  instant,
  ref: reference,
  content,
  path,
};
