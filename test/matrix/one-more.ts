import type { Source } from "#domain/ports/tools.ts";
import type { SourceRecord } from "#domain/record.ts";

/** The source, and one record more at its end. */
export const withOneMore = (source: Source, more: () => SourceRecord | null): Source => ({
  ...source,
  async *pages(from, about) {
    let last;
    for await (const page of source.pages(from, about)) {
      last = page;
      yield page;
    }
    const record = more();
    if (record !== null) yield { records: [record], checkpoint: last?.checkpoint ?? from };
  },
});
