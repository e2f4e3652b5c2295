/** Somebody cancelled the run; it ends after the page in hand. */
export class Stopped extends Error {
  override readonly name = "Stopped";
  readonly by: string;

  constructor(by: string) {
    super(`Cancelled by ${by}`);
    this.by = by;
  }
}

/** Read is not the sum of what became of it: a defect of ours, so the run fails rather than go on. */
export class BooksDoNotBalance extends Error {
  override readonly name = "BooksDoNotBalance";
}
