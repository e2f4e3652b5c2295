/** There was no whole answer. `sent` is false where the request certainly did not arrive. */
export class NoAnswer extends Error {
  override readonly name = "NoAnswer";
  readonly sent: boolean;

  constructor(message: string, sent: boolean, options?: ErrorOptions) {
    super(message, options);
    this.sent = sent;
  }
}

/** Nothing was sent, and nothing will be: the address is not one we go to. */
export class NotAsked extends NoAnswer {
  constructor(message: string, options?: ErrorOptions) {
    super(message, false, options);
  }
}
