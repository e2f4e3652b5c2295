import type { Manifest, ObjectSpec } from "../manifest.ts";

/** Something in a manifest that its schema cannot see. */
export type Finding = { path: readonly PropertyKey[]; message: string };

/** One rule, over a whole manifest that has the right shape. */
export type Rule = (manifest: Manifest) => Iterable<Finding>;

export const finding = (path: readonly PropertyKey[], message: string): Finding => ({
  path,
  message,
});

/** An object of a manifest, and where it stands. */
export type Where = { at: readonly PropertyKey[]; spec: ObjectSpec };

export const objectsOf = (manifest: Manifest): Where[] =>
  Object.entries(manifest.objects).map(([name, spec]) => ({ at: ["objects", name], spec }));
