import { expect, test } from "vitest";
import { commonParameters, methods } from "#sandbox/tools/google-drive/methods.ts";
import * as shapes from "#sandbox/tools/google-drive/shapes.ts";
import { contractIsHere, discoveredMethods, discovery } from "./google-drive-contract.ts";

const KINDS: Record<string, string> = { text: "string", flag: "boolean", count: "integer" };
const SCOPE = "https://www.googleapis.com/auth/";
const KNOWN = ["drive", "drive.file", "drive.readonly", "drive.metadata", "drive.metadata.readonly"].map((name) => SCOPE + name); // prettier-ignore

test.skipIf(!contractIsHere)(
  "each method takes what the discovery document says, and no more (skipped: no contracts here)",
  () => {
    const all = discoveredMethods();
    for (const [name, ours] of Object.entries(methods)) {
      const theirs = all.find(({ id }) => id === `drive.${name}`);
      expect(theirs, name).toBeDefined();
      expect(`${ours.verb} ${ours.path.replace(/:(\w+)/g, "{$1}")}`).toBe(
        `${theirs?.httpMethod ?? ""} ${theirs?.path ?? ""}`,
      );
      const inQuery = Object.entries(theirs?.parameters ?? {}).filter(([, { location }]) => location === "query"); // prettier-ignore
      const kinds = Object.entries(ours.parameters).map(([key, kind]) => [key, KINDS[kind]]);
      expect(Object.fromEntries(kinds), name).toEqual(
        Object.fromEntries(inQuery.map(([key, { type }]) => [key, type])),
      );
      const scopes = (theirs?.scopes ?? []).filter((scope) => KNOWN.includes(scope)).sort();
      expect(ours.scopes.map((scope) => SCOPE + scope).sort(), name).toEqual(scopes);
      const needed = inQuery.flatMap(([key, { required }]) => (required === true ? [key] : []));
      expect("required" in ours ? ours.required : [], name).toEqual(needed);
    }
    expect(Object.keys(commonParameters).sort()).toEqual(
      Object.keys(discovery().parameters).sort(),
    );
  },
);

test.skipIf(!contractIsHere)(
  "masks know the fields of the discovery document (skipped: no contracts here)",
  () => {
    const { schemas } = discovery();
    const pairs = {
      About: shapes.aboutShape,
      ChangeList: shapes.changeListShape,
      Channel: shapes.channelShape,
      Drive: shapes.driveShape,
      File: shapes.fileShape,
      FileList: shapes.fileListShape,
      GeneratedIds: shapes.generatedIdsShape,
      StartPageToken: shapes.startTokenShape,
    };
    for (const [name, shape] of Object.entries(pairs))
      expect(Object.keys(shape).sort(), name).toEqual(Object.keys(schemas[name]?.properties ?? {}).sort()); // prettier-ignore
  },
);
