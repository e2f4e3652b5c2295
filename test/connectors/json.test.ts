import fc from "fast-check";
import { expect, test } from "vitest";
import type { Json } from "#domain/json.ts";
import { jsonText, parseJson, readJson, readShallow, TooDeep } from "#connectors/json/lossless.ts";
import { clearer, getAt, isSettable, parsePath, setter } from "#connectors/json/path.ts";
import { slicesOf } from "#connectors/json/slices.ts";

test.each([
  "9007199254740993", "1.50", "1e400", "-0", "100.0", "0.1", "1E5", "12345678901234567890.123456789", "1e200000", "-9223372036854775808",
])("the number %s comes back as it was", (number) => {
  const text = `{"a":[${number},{"b":${number}}]}`;
  expect(jsonText(parseJson(text))).toBe(text);
}); // prettier-ignore

test("whatever JSON there is comes back as it was", () => {
  const number = fc.oneof(
    fc.integer().map(String),
    fc.bigInt().map(String),
    fc.tuple(fc.bigInt(), fc.nat()).map(([a, b]) => `${String(a)}.${String(b)}0`),
    fc.tuple(fc.integer(), fc.integer({ min: -500, max: 500 })).map(([a, b]) => `${String(a)}e${String(b)}`), // prettier-ignore
  );
  const { value } = fc.letrec<{ value: string }>((tie) => ({
    value: fc.oneof(
      { depthSize: "small" },
      number,
      fc.string({ unit: "binary" }).map((text) => JSON.stringify(text)),
      fc.constantFrom("null", "true", '"12:44.120Z"', '"\\\\"', '"\\""'),
      fc.array(tie("value"), { maxLength: 4 }).map((items) => `[${items.join(",")}]`),
      fc
        .uniqueArray(fc.tuple(fc.string({ minLength: 1 }).filter((key) => !/^\d+$/.test(key)), tie("value")), { maxLength: 4, selector: ([key]) => key }) // prettier-ignore
        .map((members) => `{${members.map(([key, item]) => `${JSON.stringify(key)}:${item}`).join(",")}}`), // prettier-ignore
    ),
  }));
  fc.assert(
    fc.property(value, (text) => {
      expect(jsonText(readJson(text, 1000).value)).toBe(text);
    }),
    { numRuns: 500 },
  );
});

test("each record's own bytes are found", () => {
  fc.assert(
    fc.property(
      fc.array(fc.json(), { maxLength: 6 }),
      fc.constantFrom("", " ", "\n\t "),
      fc.constantFrom("", "\ufeff"),
      (items, space, mark) => {
        const text = `${mark}${space}{${space}"a\\"[":${space}{"x":"]}"},"results"${space}:${space}[${space}${items.join(`${space},${space}`)}${space}]}${space}`; // prettier-ignore
        const { ends } = readShallow(text, 1000);
        const slices = slicesOf(text, ["results"], ends);
        expect(slicesOf(text, ["results"], new Map())).toEqual(slices);
        expect(slices.map(({ from, to }) => text.slice(from, to).trim())).toEqual(
          // Null counts for none, as it does for who reads the records.
          items.map((item) => item.trim()).filter((item) => item !== "null"),
        );
      },
    ),
    { numRuns: 300 },
  );
});

test("the last of two lists of one name counts, as it does for the parser", () => {
  const text = '{"results":[1],"results":[2,3]}';
  expect(slicesOf(text, ["results"], readShallow(text, 1000).ends)).toHaveLength(2);
  expect((parseJson(text) as { results: Json[] }).results).toHaveLength(2);
});

test("depth is refused without recursion", () => {
  expect(() => parseJson("[".repeat(100_000) + "]".repeat(100_000))).toThrow(TooDeep);
  expect(() => parseJson("[".repeat(65) + "1.50" + "]".repeat(65))).toThrow(TooDeep);
  expect(jsonText(parseJson("[".repeat(64) + "1.50" + "]".repeat(64)))).toContain("1.50");
});

test("a byte order mark is left out", () => {
  expect(parseJson('\ufeff{"a":1}')).toEqual({ a: 1 });
});

test("names that objects inherit stay names, and no path leads to them", () => {
  const value = parseJson('{"__proto__":{"polluted":true},"constructor":{"a":1}}') as object;
  expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  for (const path of [
    "__proto__",
    "a.constructor",
    "a.prototype.toString",
    "valueOf",
    "hasOwnProperty",
  ])
    // prettier-ignore
    expect(parsePath(path)).toBeUndefined();
});

test("an item is chosen by what it has, however deep", () => {
  const value = { to: [{ id: 1, types: [{ t: 7 }] }, { id: 2, types: [{ t: 5 }, { t: 6 }] }, { id: 3, in: { t: 5 } }] }; // prettier-ignore
  expect(getAt("to[id=2].types[0].t")(value)).toBe(5);
  expect(getAt("to[types.t=6].id")(value)).toBe(2);
  expect(getAt("to[in.t=5].id")(value)).toBe(3);
  expect(getAt("to[types.t=8].id")(value)).toBeUndefined();
  for (const path of ["to[.t=1]", "to[a..b=1]", "to[a.__proto__=1]"])
    expect(parsePath(path)).toBeUndefined();
});

test("JSON within a text is found", () => {
  const message = 'Property values were not valid: [{"name":"email","error":"INVALID_EMAIL"}]';
  expect(getAt("message.(json)[0].name")({ message })).toBe("email");
  expect(getAt("message.(json)[0].name")({ message: "no [list" })).toBeUndefined();
});

test.each<[string, Json, Json | undefined]>([
  ["a.b", { a: null }, null],
  ["a.b", { a: "" }, null],
  ["a.b", { a: "text" }, undefined],
  ["a.b", {}, undefined],
  ["a[0]", { a: [] }, null],
  ["a[0].b", { a: [] }, null],
  ["a[0]", {}, undefined],
  ["a.(json).b", { a: "" }, null],
  ["a.(json).b", {}, undefined],
])("what is empty holds nothing: %s", (path, value, there) => {
  expect(getAt(path)(value)).toBe(there);
});

test("a value is put, and emptied, where a path leads", () => {
  const put = (text: string, value: Json) => {
    const into: Record<string, Json> = {};
    const path = parsePath(text) ?? [];
    expect(isSettable(path)).toBe(true);
    setter(path)(into, value);
    const put = structuredClone(into);
    clearer(path)(into, "");
    return [put, into];
  };
  expect(put("a.b", "x")).toEqual([{ a: { b: "x" } }, { a: { b: "" } }]);
  expect(put("a.{Some name}[0]", "x")).toEqual([
    { a: { "Some name": ["x"] } },
    { a: { "Some name": [] } },
  ]);
  expect(put("a.(json)", [{ b: 1 }])).toEqual([{ a: '[{"b":1}]' }, { a: "" }]);
  for (const text of ["a.(json).b", "a[id=x]", "(json)", "a[1]"])
    expect(isSettable(parsePath(text) ?? [])).toBe(false);
});

test("a path may begin in an answer that is a list itself", () => {
  const answer = parseJson('[{"errorCode":"NOT_FOUND","fields":["Name"]}]');
  expect(getAt("$[0].errorCode")(answer)).toBe("NOT_FOUND");
  expect(getAt("$[0].fields[0]")(answer)).toBe("Name");
  expect(getAt("$[errorCode=NOT_FOUND].fields[0]")(answer)).toBe("Name");
  for (const path of ["$[", "$[0", "$a", "$.a", "$[0]a", "$[0].", "$[__proto__=x]"])
    expect(parsePath(path)).toBeUndefined();
});
