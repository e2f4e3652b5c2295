import { wrongColumnValue } from "../failures.ts";
import { BY_TEXT, type ColumnKind, isBlank, objectIn, soughtText } from "./column-kind.ts";

type Email = { email: string; text: string };

/** Written as an address with the text to show; the text is what people see and what `text` tells. */
export const email: ColumnKind<Email> = {
  type: "email",
  inner: "email",
  shows: "EmailValue",
  operators: BY_TEXT,
  write(given) {
    if (isBlank(given)) return null;
    const [first = "", ...rest] = typeof given === "string" ? given.split(" ") : [];
    const parts = objectIn(given) ?? { email: first, text: rest.join(" ") || first };
    const { email: address, text: shown = address } = parts;
    if (address === "" || address === null) return null;
    if (typeof address !== "string" || !/^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(address))
      throw wrongColumnValue("the e-mail address is not valid", "email");
    if (typeof shown !== "string") throw wrongColumnValue("text is a string", "email");
    return { email: address, text: shown };
  },
  text: (held) => held?.text ?? "",
  value: (held) => held,
  fields: (held) => ({ email: held?.email ?? null, label: held?.text ?? null }),
  sought: (held) => soughtText(held?.text ?? null),
};

type Phone = { phone: string; country: string };

/** A number and the country whose flag stands beside it; without a country it is refused. */
export const phone: ColumnKind<Phone> = {
  type: "phone",
  inner: "phone",
  shows: "PhoneValue",
  operators: BY_TEXT,
  write(given) {
    if (isBlank(given)) return null;
    const [first = "", second = ""] = typeof given === "string" ? given.split(" ") : [];
    const parts = objectIn(given) ?? { phone: first, countryShortName: second };
    const { phone: number, countryShortName: country } = parts;
    if (number === "" || number === null) return null;
    if (typeof number !== "string" || !/^\+?[\d\s().-]{5,24}$/.test(number))
      throw wrongColumnValue("the phone number is not valid", "phone");
    if (typeof country !== "string" || !/^[A-Z]{2}$/.test(country))
      throw wrongColumnValue("countryShortName is a country code of two capitals", "phone");
    return { phone: number, country };
  },
  text: (held) => held?.phone ?? "",
  value: (held) => held && { phone: held.phone, countryShortName: held.country },
  fields: (held) => ({ phone: held?.phone ?? null, country_short_name: held?.country ?? null }),
  sought: (held) => soughtText(held?.phone ?? null),
};

type Link = { url: string; text: string };

export const link: ColumnKind<Link> = {
  type: "link",
  inner: "link",
  shows: "LinkValue",
  operators: BY_TEXT,
  write(given) {
    if (isBlank(given)) return null;
    const [first = "", ...rest] = typeof given === "string" ? given.split(" ") : [];
    const { url, text = url } = objectIn(given) ?? { url: first, text: rest.join(" ") || first };
    if (url === "" || url === null) return null;
    if (typeof url !== "string" || !/^https?:\/\/\S+$/.test(url))
      throw wrongColumnValue("the link is not valid", "link");
    if (typeof text !== "string") throw wrongColumnValue("text is a string", "link");
    return { url, text };
  },
  text: (held) => (held === null ? "" : held.text === held.url ? held.url : `${held.text} - ${held.url}`), // prettier-ignore
  value: (held) => held,
  fields: (held) => ({ url: held?.url ?? null, url_text: held?.text ?? null }),
  sought: (held) => soughtText(held?.url ?? null),
};
