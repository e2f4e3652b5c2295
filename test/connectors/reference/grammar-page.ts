import { codecs } from "#connectors/codecs/index.ts";
import { meanings } from "#connectors/manifest/error-rule.ts";
import { filters } from "#connectors/manifest/filters.ts";
import { methods } from "#connectors/manifest/request-spec.ts";
import { fieldLine, textWith } from "./examples.ts";
import { placeholders } from "./placeholders.ts";
import { code, kinds, members, table } from "./tables.ts";

const request = [
  ...methods,
  "host",
  "query",
  "headers",
  "body",
  "form",
  "graphql",
  "text",
  "limits",
];
const reading = ["joins", "records", "entry", "beside", "next", "then", "size"];
const listing = ["each", "compact", "count"];
const object = ["objects", "*"];
/** Wherever records are read. */
const list = "list,changes,read,find,gone_list";

/** Every member that a manifest may have, out of the schema that it is read by. */
export const grammarPage = (): string =>
  `# What a manifest may say

Written by a test out of the schema that manifests are read by, with the shortest example there is in [\`connectors/\`](connectors). What is marked with \\* has to be there. How to write one is told in the [README](README.md).

<!-- prettier-ignore-start -->

${sections.map(([title, about, ...tables]) => [`## ${title}`, about, ...tables].filter((part) => part !== "").join("\n\n")).join("\n\n")}

<!-- prettier-ignore-end -->
`;

const sections: readonly (readonly [title: string, about: string, ...tables: string[]])[] = [
  ["The file", "", members([])],
  ["A setting", "Under `settings`, by its name.", members(["settings", "*"])],
  ["Signing in", "Under `auth`, by a name of your own.", kinds(["auth", "*"]), "Of `oauth2`:", members(["auth", "*", "=oauth2"], ["kind", "about"])], // prettier-ignore
  ["Limits", "", members(["limits"]), "A bucket:", members(["limits", "buckets", "*"]), "`budget`:", members(["limits", "budget"]), "`told` in it:", members(["limits", "budget", "told"])], // prettier-ignore
  ["Errors", "`says`:", members(["says"]), "A rule of `errors`; all that it names has to hold, and the first that fits counts:", members(["errors", "*"]), table(["is", "what it means"], Object.entries(meanings).map(([name, about]) => [code(name), about]))], // prettier-ignore
  ["A request", `One of ${methods.map(code).join(", ")} with a path that begins with /, and:`, members([...object, list], [...methods, ...reading, ...listing])], // prettier-ignore
  ["An object", "Under `objects`, by its name.", members(object)],
  ["A field", "A line is `path | codec`. A path is `a.b`, `list[0].id`, `columns[id=status].text`, `'.tag'`, `message.(json).name` for JSON within a text, `{Full name}` for a column that a setting may call otherwise, `$` for all of it. Where a line is not enough:", members([...object, "fields", "*", "?read|write"]), "For a list of rows:", members([...object, "fields", "*", "?each"])], // prettier-ignore
  ["Codecs", "", table(["codec", "what it is", "for example"], Object.entries(codecs).map(([name, { about }]) => [code(name), about, code(fieldLine(new RegExp(name === "text" ? "^title: [a-z]+$" : `\\| ${name}\\b`)))]))], // prettier-ignore
  ["Reading", "`list`, `changes`, `gone_list`, `read`, `find`, `each` and `tree.folders` are requests that bring records:", members([...object, list], request), "`changes` besides:", members([...object, "changes"], [...request, ...reading, ...listing]), "`changes.feed`:", members([...object, "changes", "feed"]), "`read` besides:", members([...object, "read"], [...request, ...reading]), "`find` besides:", members([...object, "find"], [...request, ...reading])], // prettier-ignore
  ["Pages", "Under `next`.", kinds([...object, list, "next"])],
  ["What is not where one expects it", "`entry`, in a list whose entries are not the records:", members([...object, list, "entry"]), "`each`, for a list that is asked for below other things, besides a request and what reading has:", members([...object, list, "each"], [...request, ...reading]), "`beside`, by the name it gets in the record:", members([...object, list, "beside", "*"]), "`joins` of an object, besides a request:", members([...object, "joins", "*"], request), "`merged`:", members([...object, "merged"]), "`inbox`:", members([...object, "inbox"])], // prettier-ignore
  ["Writing", "", members([...object, "write"]), "A call, besides a request:", members([...object, "write", "calls", "*"], request), "Its `results`:", members([...object, "write", "calls", "*", "results"]), "One of `after`, besides a request:", members([...object, "write", "calls", "*", "after", "*"], request), "A group of `whole` is a list of fields, or:", members([...object, "whole", "*", "?fields"])], // prettier-ignore
  ["Files", "`content`:", members([...object, "content"]), "`upload`:", kinds([...object, "content", "upload"]), "`tree`:", members([...object, "tree"])], // prettier-ignore
  ["Placeholders", "In a request stand settings and `{api_version}`, what the paging kind sets, and:", placeholders()], // prettier-ignore
  ["Filters", "What a placeholder passes through: `{value|quoted}`.", table(["filter", "what it makes", "for example"], Object.entries(filters).map(([name, { about }]) => [code(name), about, code(textWith(new RegExp(`\\{[^{}]*\\|${name}\\b`)))]))], // prettier-ignore
  ["Messages from the tool", "`webhooks`:", members(["webhooks"]), "`verify`:", kinds(["webhooks", "verify"]), "`handshake`:", kinds(["webhooks", "handshake"]), "`events`:", members(["webhooks", "events"])], // prettier-ignore
];
