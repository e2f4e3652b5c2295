import { filters } from "../filters.ts";
import type { Manifest } from "../manifest.ts";
import { unknown } from "../nearest.ts";
import type { ReadSpec } from "../read-spec.ts";
import { isPlaceholder, type Placeholder, placeholdersIn, textsIn } from "../template.ts";
import { hasOneMethod, requestsIn, sent, setBy, type Use, usesIn } from "./requests.ts";
import { type Finding, finding, type Rule } from "./rule.ts";

/** Each request has one method. */
export const oneMethod: Rule = function* (manifest) {
  for (const { path, request } of requestsIn(manifest)) {
    if (!hasOneMethod(request))
      yield finding(path, "Exactly one of get, post, put, patch, delete is accepted here");
    const { body, form, graphql, text } = request;
    if ([body, form, graphql, text].filter((one) => one !== undefined).length > 1)
      yield finding(path, "A request has one body: body, form, graphql or text");
  }
};

/** Whatever a request reads is declared; nothing is put into a query language as it is. */
export const placeholders: Rule = function* (manifest) {
  const settings = declared(manifest);
  for (const place of requestsIn(manifest)) {
    const known = [...settings, ...place.may, ...setBy(place.read)];
    for (const use of usesIn(place)) yield* judge(use, known);
  }
  for (const [name, spec] of Object.entries(manifest.objects)) {
    const at = ["objects", name];
    const words: [readonly PropertyKey[], unknown, readonly string[]][] = [
      [[...at, "read", "item"], spec.read?.item, ["id"]],
      [[...at, "find", "item"], spec.find?.item, ["value", "field"]],
      ...Object.entries(spec.joins).map(([join, { item }]): [PropertyKey[], unknown, string[]] => [
        [...at, "joins", join, "item"],
        item,
        ["id"],
      ]),
      [[...at, "record_page"], spec.record_page, ["id"]],
      [[...at, "own_page"], spec.own_page, ["id"]],
    ];
    for (const [index, call] of (spec.write?.calls ?? []).entries()) {
      const path = [...at, "write", "calls", index];
      const fresh = ["fields", "record", "key", "change", "flow", "n", "request"];
      words.push([[...path, "create"], call.create, fresh]);
      words.push([[...path, "update"], call.update, [...fresh, "id", "version"]]);
      const ending = ["n", "request", "id", "version", "key", "change"];
      words.push([[...path, "archive"], call.archive, ending]);
      words.push([[...path, "event"], call.event, ["change"]]);
      for (const [number, { item }] of call.after.entries())
        words.push([[...path, "after", number, "item"], item, [...fresh, "id", "version", "value"]]); // prettier-ignore
    }
    for (const [path, template, may] of words)
      yield* judgeTemplate(path, template, [...settings, ...may]);
  }
  for (const [name, text] of Object.entries(manifest.headers))
    yield* judgeTemplate(["headers", name], text, settings);
};

/** The words by which events say what they are about may be settings, and nothing else. */
export const eventWords: Rule = function* (manifest) {
  const settings = declared(manifest);
  const { objects, of } = manifest.webhooks?.events ?? {};
  const path = ["webhooks", "events"];
  yield* judgeTemplate([...path, "of", "equals"], of?.equals, settings);
  if (objects === undefined || Array.isArray(objects)) return;
  for (const word of Object.keys(objects.are))
    yield* judgeTemplate([...path, "objects", "are", word], word, settings);
};

const declared = (manifest: Manifest): readonly string[] => [
  ...Object.keys(manifest.settings),
  ...(manifest.api_version === undefined ? [] : ["api_version"]),
];

function* judgeTemplate(
  path: readonly PropertyKey[],
  template: unknown,
  known: readonly string[],
): Iterable<Finding> {
  if (template === undefined) return;
  for (const text of textsIn(template as Parameters<typeof textsIn>[0]))
    for (const placeholder of placeholdersIn(text))
      yield* judge({ path, text, placeholder }, known);
}

/** What stands for a whole record, and so has parts. */
const whole = new Set(["fields", "record", "message"]);

/** Values of records; whoever writes them must not be able to end the literal they stand in. */
const foreign = new Set(["values", "value", "ids", "id"]);

function* judge({ path, text, placeholder }: Use, known: readonly string[]): Iterable<Finding> {
  const { name, filter } = placeholder;
  if (!known.includes(name))
    yield finding(
      path,
      unknown(
        "The placeholder",
        name,
        known.map((word) => `{${word}}`),
      ),
    );
  if (placeholder.path.length > 0 && !whole.has(name))
    yield finding(path, `{${name}} has no parts; a filter writes it in another form: ${Object.keys(filters).join(", ")}`); // prettier-ignore
  const through = filter === null ? undefined : filters[filter];
  yield* judgeFilter(path, placeholder);
  const alone = isPlaceholder(text);
  const inPath = text.startsWith("/") || text.startsWith("http");
  if (foreign.has(name) && through?.quotes !== true && !alone && !inPath)
    yield finding(path, `{${name}} stands within a text and has to be quoted: {${name}|quoted}`);
}

function* judgeFilter(
  path: readonly PropertyKey[],
  { filter, args }: Placeholder,
): Iterable<Finding> {
  if (filter === null) return;
  const through = filters[filter];
  const wrong =
    through === undefined
      ? unknown("The filter", filter, Object.keys(filters))
      : through.check(args) === null
        ? null
        : `The filter ${filter} ${through.check(args) ?? ""}`;
  if (wrong !== null) yield finding(path, wrong);
}

/** A size that ends a list, or says how much comes, is of use only if the tool hears of it. */
export const pageSizes: Rule = function* (manifest) {
  for (const place of requestsIn(manifest)) {
    const { read, path } = place;
    if (read === null) continue;
    const uses = sent(place);
    if (read.size !== undefined && !uses.has("size"))
      yield finding([...path, "size"], "This size is never sent: put {size} into the request");
    if (read.next?.kind === "position" && read.next.until === "short" && read.size === undefined)
      yield finding([...path, "next"], "until: short needs a size to compare with");
    yield* judgeOverlap(path, read);
    const sets = setBy(read);
    const then = read.then === undefined ? uses : sent({ path, request: read.then });
    if (sets.length > 0 && !sets.some((name) => then.has(name)))
      yield finding([...path, "next"], `The next page is never asked for: put {${sets.join("} or {")}} into the request`); // prettier-ignore
  }
};

/** A list below other things is asked for each of them. */
export const parents: Rule = function* (manifest) {
  for (const place of requestsIn(manifest))
    if (place.read?.each !== undefined && !sent(place).has("parent"))
      yield finding(place.path, "A list below others asks for each of them: put {parent} into the request"); // prettier-ignore
};

/** With an overlap no page is ever without records, and one that brought only old ones would lead nowhere. */
function* judgeOverlap(
  path: readonly PropertyKey[],
  { next, size = 0 }: ReadSpec,
): Iterable<Finding> {
  if (next?.kind !== "position" || next.overlap === 0) return;
  if (next.until !== "short" || next.overlap >= size)
    yield finding([...path, "next"], "An overlap needs until: short, and a size that is larger");
}

/** Buckets that are drawn from exist. */
export const bucketNames: Rule = function* (manifest) {
  const names = Object.keys(manifest.limits.buckets);
  const judgeNames = function* (path: readonly PropertyKey[], used: readonly string[]) {
    for (const [index, name] of used.entries())
      if (!names.includes(name))
        yield finding([...path, index], unknown("The bucket", name, names));
  };
  yield* judgeNames(["limits", "usual"], manifest.limits.usual);
  for (const { path, request } of requestsIn(manifest))
    yield* judgeNames([...path, "limits"], request.limits ?? []);
};
