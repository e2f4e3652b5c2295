/** What a value inside blocks may be. Lengths are in characters, sizes in items. */
export type Rule =
  | { kind: "text"; min: number; max: number }
  | { kind: "choice"; of: readonly (string | number)[] }
  | { kind: "number"; min: number; max: number }
  | { kind: "flag" }
  | { kind: "words"; plainOnly: boolean; min: number; max: number }
  | { kind: "list"; of: Rule; min: number; max: number }
  | { kind: "object"; shape: Shape }
  /** An object whose `type` picks its shape out of a table. */
  | { kind: "typed"; table: () => Table; types: readonly string[] };

export type Shape = {
  needs: Record<string, Rule>;
  may: Record<string, Rule>;
  /** At least one of these. */
  some?: string[];
  /** Exactly one of these. */
  one?: string[];
};

export type Table = Record<string, Shape>;

export const text = (max: number, min = 1): Rule => ({ kind: "text", min, max });
export const choice = (...of: (string | number)[]): Rule => ({ kind: "choice", of });
export const number = (min = -Infinity, max = Infinity): Rule => ({ kind: "number", min, max });
export const flag: Rule = { kind: "flag" };
export const plain = (max: number, min = 1): Rule => ({ kind: "words", plainOnly: true, min, max });
export const words = (max: number): Rule => ({ kind: "words", plainOnly: false, min: 1, max });
export const list = (of: Rule, max = Infinity, min = 1): Rule => ({ kind: "list", of, min, max });
export const object = (needs: Record<string, Rule>, may: Record<string, Rule> = {}): Rule => ({
  kind: "object",
  shape: { needs, may },
});
export const typed = (table: () => Table, ...types: string[]): Rule => ({
  kind: "typed",
  table,
  types,
});
