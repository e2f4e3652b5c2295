import { example } from "./examples.ts";
import { kindOf, optionsOf, type Shape, shapeAt, type Way } from "./shape.ts";

export const row = (cells: readonly string[]): string =>
  `| ${cells.map((cell) => cell.replaceAll("|", "\\|").replace(/\s+/g, " ")).join(" | ")} |`;

export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [row(head), row(head.map(() => "---")), ...rows.map(row)].join("\n");

export const code = (text: string | null): string =>
  text === null ? "" : text.includes("`") ? `\`\` ${text} \`\`` : `\`${text}\``;

/** A line for each member of what stands there, but for those that are told elsewhere. */
export function members(way: Way, elsewhere: readonly string[] = []): string {
  const { properties = {}, required = [] } = shapeAt(way);
  const names = Object.keys(properties).filter((name) => !elsewhere.includes(name));
  return table(
    ["member", "what it says", "for example"],
    names.map((name) => [
      code(name) + (required.includes(name) ? " \\*" : ""),
      said(properties[name] ?? {}, `${way.join(".")}.${name}`),
      code(example(way, name)),
    ]),
  );
}

/** A line for each kind of what stands there, with its members. */
export function kinds(way: Way): string {
  const all = optionsOf(shapeAt(way)).filter((shape) => kindOf(shape) !== undefined);
  return table(
    ["kind", "what it is", "its members", "for example"],
    all.map((shape) => {
      const kind = String(kindOf(shape));
      const names = Object.keys(shape.properties ?? {}).filter((name) => name !== "kind");
      const at = [...way, `=${kind}`];
      const [one] = names.filter((name) => name !== "about").flatMap((name) => example(at, name) ?? []); // prettier-ignore
      const shown = `kind: ${kind}${one === undefined ? "" : `, ${one}`}`;
      return [code(kind), said(shape, kind), names.map(code).join(", "), code(shown)];
    }),
  );
}

function said(shape: Shape, where: string): string {
  const { description: words } = shape;
  const accepted = acceptedIn(shape);
  if (words === undefined && accepted === "") throw new Error(`Nothing describes ${where}`);
  return [words ?? "", accepted].filter((part) => part !== "").join(" ");
}

const acceptedIn = ({ enum: words }: Shape): string =>
  words === undefined ? "" : `One of ${words.map((word) => code(String(word))).join(", ")}.`;
