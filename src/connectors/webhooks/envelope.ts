import { z } from "zod";
import type { Json } from "#domain/json.ts";

/** What CloudEvents 1.0 asks of an event; names it does not know are extensions, and allowed. */
const CloudEvent = z.looseObject({
  specversion: z.literal("1.0"),
  id: z.string().min(1).max(256),
  source: z.string().min(1).max(1024),
  type: z.string().min(1).max(256),
  subject: z.string().min(1).max(1024).nullish(),
  time: z.string().max(64).nullish(),
  datacontenttype: z.string().max(256).nullish(),
  // Bytes are no record.
  data_base64: z.never().optional(),
});

const most = 100;

/** The events of a message, one or a batch; null where one of them is none. */
export function cloudEventsIn(content: Json | undefined): readonly Json[] | null {
  const events = Array.isArray(content) ? content : [content ?? null];
  const sound = events.length <= most && events.every((one) => CloudEvent.safeParse(one).success);
  return sound ? events : null;
}
