import { z } from "zod";
import { Manifest } from "#connectors/manifest/manifest.ts";

/** A part of the manifest's shape, as JSON Schema says it. */
export type Shape = {
  description?: string;
  properties?: Record<string, Shape>;
  required?: string[];
  additionalProperties?: Shape | boolean;
  items?: Shape;
  anyOf?: Shape[];
  oneOf?: Shape[];
  enum?: unknown[];
  const?: unknown;
};

export const whole = z.toJSONSchema(Manifest, { io: "input", unrepresentable: "any" }) as Shape;

/**
 * Where something stands in a manifest: a member's name, `*` for each of a list or of names that the
 * manifest chooses itself, `?x|y` for that one of several shapes which has the members x and y (and in a
 * manifest one of them), `x,y` for the member x (and in a manifest y too), `=x` for the one
 * whose kind is x.
 */
export type Way = readonly string[];

export function shapeAt(way: Way): Shape {
  let shape = whole;
  for (const step of way) shape = below(shape, step);
  return shape;
}

function below(shape: Shape, step: string): Shape {
  const found =
    step === "*"
      ? starOf(shape)
      : optionsOf(shape)
          .map((one) =>
            /^[?=]/.test(step) ? chosen(one, step) : one.properties?.[step.split(",")[0] ?? ""],
          )
          .find((one) => one !== undefined);
  if (found === undefined) throw new Error(`The schema has no ${step} there`);
  return found;
}

const starOf = (shape: Shape): Shape | undefined =>
  optionsOf(shape).map((one) => one.items ?? (typeof one.additionalProperties === "object" ? one.additionalProperties : undefined)).find(Boolean); // prettier-ignore

/** The shapes that it may have. */
export const optionsOf = (shape: Shape): readonly Shape[] =>
  [shape, ...(shape.anyOf ?? []), ...(shape.oneOf ?? [])].flatMap((one) =>
    one === shape ? [one] : optionsOf(one),
  );

export const kindOf = ({ properties }: Shape): unknown => properties?.["kind"]?.const;

function chosen(shape: Shape, step: string): Shape | undefined {
  const name = step.slice(1);
  const fits = step.startsWith("?")
    ? name.split("|").every((one) => one in (shape.properties ?? {}))
    : kindOf(shape) === name;
  return fits ? shape : undefined;
}
