/** Why one record could not be handled. */
export type ProblemClass =
  /** A value is not what its field takes; we saw it before sending. */
  | "invalid"
  /** The tool said no to this record. */
  | "rejected"
  /** The tool has one like it already, or somebody changed it meanwhile. */
  | "conflict"
  /** Several records match; a person has to say which. */
  | "ambiguous_match"
  /** It may or may not have been written, and no tool can tell us. */
  | "ambiguous_write"
  /** Something it refers to is not there yet. */
  | "missing_reference"
  /** Larger or deeper than we take. */
  | "too_large";

export type Problem = {
  class: ProblemClass;
  /** The canonical field in question, if one is. */
  field: string | null;
  /** The tool's own code, or ours in capitals: `6240`, `BAD_PHONE`. */
  code: string | null;
  /** In the tool's own words where it said any. */
  message: string;
  /** For `ambiguous_match` and `conflict`: the target records in question. */
  candidates?: readonly Candidate[];
};

/** `about`: what tells it from others; personal data. */
export type Candidate = { id: string; title: string; about?: string };

/**
 * The message without what differs from record to record (quoted text, numbers, addresses), so that
 * a hundred records refused for one reason make one cause.
 */
export const normalised = (message: string): string =>
  message
    .slice(0, 1000)
    .replace(/"[^"]*"|'[^']*'|“[^”]*”/g, "…")
    .replace(/\S+@\S+/g, "…")
    .replace(/\d+/g, "#")
    .replace(/\s+/g, " ")
    .trim()
    .toLowerCase()
    .slice(0, 300);
