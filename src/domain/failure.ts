import { normalised } from "./problem.ts";

/** Something that went wrong in an automation at a tool (a Zap, a scenario), as the tool tells it. */
export type Failure = {
  /** The tool's own id of it: the same again is the same failure. */
  event: string;
  automation: { id: string; name: string };
  /** Where in the automation; null where the tool does not say. */
  step: string | null;
  /** In the tool's own words. */
  message: string;
  /** Where a person sees the automation in the tool. */
  page: string | null;
};

/** Under which failures are one cause: automation, step, and the message without what differs. */
export const causeOf = ({ automation, step, message }: Failure): string =>
  [automation.id, step ?? "", normalised(message)].join("|");
