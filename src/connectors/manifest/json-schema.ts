import { z } from "zod";
import { Manifest } from "./manifest.ts";

/** The manifest's shape as JSON Schema, for editors; what goes beyond a shape the linter says. */
export function manifestSchema(): string {
  const schema = z.toJSONSchema(Manifest, { io: "input", unrepresentable: "any", reused: "ref" });
  return `${JSON.stringify({ title: "A connector of Tieline", ...schema }, null, 2)}\n`;
}
