import { only, type Conversion } from "#domain/conversion.ts";
import { entityOf } from "#domain/entities/index.ts";
import { shapeFaults, type Fault } from "../workspace/faults.ts";
import { readText, type Wrong } from "../workspace/text.ts";
import { readTemplate } from "./cells.ts";
import { ConversionFile } from "./shape.ts";

export type ReadConversion =
  { ok: true; conversion: Conversion } | { ok: false; wrongs: readonly Wrong[] };

const names = Object.keys(ConversionFile.shape);

/** The text of a conversion file, checked against the kinds of record it goes between. */
export function readConversion(text: string): ReadConversion {
  const read = readText(text);
  if (!read.ok) return read;
  const shape = ConversionFile.safeParse(read.content ?? {});
  const judged = shape.success
    ? whole(shape.data)
    : { conversion: null, faults: shapeFaults(shape.error, [], (path) => (path.length === 0 ? names : [])) }; // prettier-ignore
  if (judged.conversion !== null && judged.faults.length === 0)
    return { ok: true, conversion: judged.conversion };
  const { place } = read;
  return {
    ok: false,
    wrongs: judged.faults.map(({ path, message, atKey }) => ({ ...place(path, atKey), message })),
  };
}

function whole(file: ConversionFile): { conversion: Conversion; faults: readonly Fault[] } {
  const { conversion: name, title, once, follows } = file;
  const [from, to] = [entityOf(file.from), entityOf(file.to)];
  const single = file.record !== undefined;
  const written = single ? { [only]: file.record ?? {} } : (file.records ?? {});
  const read = Object.entries(written).map(([part, template]) => {
    const path = single ? ["record"] : ["records", part];
    return [part, readTemplate(template, { from, to, path })] as const;
  });
  const records = Object.fromEntries(read.map(([part, { template }]) => [part, template]));
  return {
    conversion: { name, title, from: file.from, to: file.to, once, follows, records },
    faults: read.flatMap(([, { faults }]) => faults),
  };
}
