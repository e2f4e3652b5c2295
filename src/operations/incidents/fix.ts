import type { FlowIncident } from "#domain/incident.ts";
import type { Problem, ProblemClass } from "#domain/problem.ts";

/** `tool` said it; `from` is where the records come from, `match` by what they are told, in words. */
type About = { tool: string; from: string; flow: string; match: string };
type Fix = (about: About) => string;

/**
 * By a tool's code, or ours. QuickBooks: 6240 duplicate name, 2040 characters, 2050 too long, 5010 stale object,
 * 610 object not found, 2500 invalid reference.
 */
const byCode: Readonly<Record<string, Fix>> = {
  6240: ({ match }) =>
    `Give this one another name; or, if both are one, give them the same ${match} and they are linked.`,
  2040: ({ from }) => `Take the characters out that are not allowed, here or in ${from}.`,
  2050: ({ from }) => `Shorten the text here or in ${from}, then retry.`,
  5010: () => "Somebody changed it meanwhile: retry, and the newest content is compared again.",
  610: ({ tool }) => `It is gone or inactive in ${tool}: make it active there, then retry.`,
  2500: ({ tool }) => `What it refers to is not in ${tool}: add that first, then retry.`,
  BAD_PHONE: ({ from }) =>
    `Give the phone number with its country, such as +33 1 70 18 99 00, here or in ${from}.`,
  BAD_EMAIL: ({ from }) => `Correct the e-mail address here or in ${from}.`,
  BAD_COUNTRY: ({ from }) =>
    `Give the country as a two-letter code, such as FR, here or in ${from}.`,
  BAD_CURRENCY: ({ from }) =>
    `Give the currency as three letters, such as EUR, here or in ${from}.`,
  BAD_CHARACTER: ({ from }) => `Remove the unreadable character here or in ${from}.`,
  BAD_CHOICE: ({ from }) => `Choose one of the values that are allowed, here or in ${from}.`,
  SEVERAL_MATCH: ({ tool }) => `Choose which record of ${tool} is meant.`,
  TWINS_MATCH: ({ tool, from }) =>
    `Say which record of ${from} belongs to the one of ${tool}, or merge them there.`,
  CHOSEN_IS_GONE: ({ tool }) => `The chosen record is not in ${tool} any more: choose another.`,
  ALREADY_LINKED: ({ tool, from }) =>
    `Two records of ${from} claim one of ${tool}: merge them, or discard one.`,
  GONE_AT_TARGET: ({ tool }) =>
    `It was deleted in ${tool}: restore it there and retry, or discard it here.`,
  MAYBE_WRITTEN: ({ tool }) =>
    `Look in ${tool} whether it is there: if not, retry; if so, discard it here.`,
  CHANGED_MEANWHILE: () => "Somebody keeps changing it: retry when they are done.",
};

const byClass: Readonly<Record<ProblemClass, Fix>> = {
  invalid: ({ from }) => `Correct the field in question here or in ${from}, then retry.`,
  rejected: ({ tool, from }) =>
    `Correct what ${tool} complains about here or in ${from}, then retry.`,
  conflict: ({ tool }) => `Make this one different from the one that ${tool} has, or discard it.`,
  ambiguous_match: ({ tool }) => `Choose which record of ${tool} is meant.`,
  ambiguous_write: ({ tool }) =>
    `Look in ${tool} whether it is there: if not, retry; if so, discard it here.`,
  missing_reference: () =>
    "Let the record it refers to be written first; this one then retries by itself.",
  too_large: ({ from }) => `Make the record smaller in ${from}, or discard it.`,
};

const bySystemic: Readonly<Record<string, Fix>> = {
  SignInAgain: ({ tool }) => `Give ${tool} a new credential; what was parked goes on by itself.`,
  NotPermitted: ({ tool }) =>
    `Ask an admin of ${tool} for the missing permission, then resume the flow.`,
  QuotaSpent: ({ tool }) => `Wait until ${tool} gives a new allowance, or buy a larger one there.`,
  MappingBroken: () =>
    "Nearly every record was refused, so look at the flow's mapping and settings, then resume it.",
  Held: () => "Look at what it would do, then approve it or stop it.",
  Looping: ({ flow }) =>
    `See what changes the record at each tool by itself, and let one side have the say for that field; then resume ${flow}.`,
  Unavailable: ({ tool }) => `Nothing to do yet: ${tool} does not answer, and we try again.`,
  RetryLater: ({ tool }) =>
    `Nothing to do: ${tool} asked us to slow down, and we go on after that.`,
};

/** Defects, of ours or of the set-up. */
const byDefect: Readonly<Record<string, Fix>> = {
  books: ({ flow }) => `Run ${flow} in full once; if it comes again, it is a defect of ours.`,
  internal: ({ flow }) => `Start ${flow} again; if it comes again, the log says more.`,
};

/** What will probably help, as it follows "Likely fix: ". */
export function likelyFix(incident: Pick<FlowIncident, "subject">, about: About): string {
  const sentence = fixFor(incident, about);
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}

function fixFor({ subject }: Pick<FlowIncident, "subject">, about: About): string {
  if (subject.kind === "cause") return fixOf(subject.problem)(about);
  const known = { ...bySystemic, ...byDefect };
  const fix = Object.hasOwn(known, subject.error) ? known[subject.error] : undefined;
  return fix?.(about) ?? "Look at what was said, put it right, then resume the flow.";
}

function fixOf({ code, class: kind, message, candidates = [] }: Problem): Fix {
  if (kind === "conflict" && candidates.length > 0)
    return () => "Link to the existing record, or give this one another name.";
  if (code !== null && Object.hasOwn(byCode, code)) return byCode[code] ?? byClass[kind];
  if (kind === "rejected" && /too long|max(imum)? length|exceeds/i.test(message))
    return byCode["2050"] ?? byClass[kind];
  return byClass[kind];
}
