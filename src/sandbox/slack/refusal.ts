/** Slack's `ok: false`: its error code, and what else stands beside it in the answer. */
export class SlackRefusal extends Error {
  override readonly name = "SlackRefusal";
  readonly code: string;
  readonly beside: Record<string, unknown>;

  constructor(code: string, beside: Record<string, unknown> = {}) {
    super(code);
    this.code = code;
    this.beside = beside;
  }
}
