import { accepted } from "#domain/entities/entity.ts";

/** First letter and dots: enough to recognise a record one knows, too little to learn it. */
const initial = (word: string): string => `${[...word][0] ?? ""}•••`;

const email =
  /([^\s@<>"'(),;]+)(?:@|%40)([^\s@<>"'(),;]+\.)?([^\s@<>"'(),;.]+\.)([\p{L}\d-]{2,})/gu;
const phone = /\+?\d[\d\s().-]{5,}\d/g;

const maskedEmails = (text: string): string =>
  text.replace(
    email,
    (_all, user: string, _sub: unknown, domain: string, top: string) =>
      `${initial(user)}@${initial(domain)}.${top}`,
  );

const lastTwo = (text: string): string => `•••${text.replace(/\D/g, "").slice(-2)}`;

/** One personal value for a channel: `j•••@e•••.com`, `•••34`, `A••• L•••`. */
export function masked(value: string): string {
  const text = value.trim();
  if (text === "") return "";
  if (text.includes("@")) {
    const without = maskedEmails(text);
    return without === text ? initial(text) : without;
  }
  if (/^\+?[\d\s().-]{6,}$/.test(text)) return lastTwo(text);
  return text.split(/\s+/).slice(0, 4).map(initial).join(" ");
}

/** What our own sentences give as an example says nothing about anybody. */
const examples = [accepted({ kind: "email" }), accepted({ kind: "phone" })].join(" ");
const isExample = (text: string): boolean => examples.includes(text);

/**
 * A tool's own sentence for a channel: addresses and telephone numbers masked, and so is everything in
 * it that is a value of the record it speaks of.
 */
export function maskedSentence(sentence: string, values: readonly string[]): string {
  const known = values.filter((value) => value.trim().length >= 3);
  const longestFirst = known.toSorted((a, b) => b.length - a.length);
  const withoutValues = longestFirst.reduce(
    (text, value) => text.replaceAll(value, () => masked(value)),
    sentence,
  );
  return withoutValues
    .replace(email, (found) => (isExample(found) ? found : maskedEmails(found)))
    .replace(phone, (found) => (isExample(found) ? found : lastTwo(found)));
}
