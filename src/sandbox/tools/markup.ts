const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" }; // prettier-ignore

/** HTML that may stand in a page as it is. */
export type Markup = { markup: string };

/** Text is escaped, markup is kept, lists are joined, null is nothing. */
export function html(
  parts: TemplateStringsArray,
  ...values: (string | number | Markup | Markup[] | null)[]
): Markup {
  const filled = parts.map((part, index) => part + written(values[index] ?? null));
  return { markup: filled.join("") };
}

function written(value: string | number | Markup | Markup[] | null): string {
  if (value === null) return "";
  if (Array.isArray(value)) return value.map(({ markup }) => markup).join("");
  if (typeof value === "object") return value.markup;
  return String(value).replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
}
