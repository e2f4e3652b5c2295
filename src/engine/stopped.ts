/** Somebody cancelled the run; it ends after the page in hand. */
export class Stopped extends Error {
  override readonly name = "Stopped";
  readonly by: string;

  constructor(by: string) {
    super(`Cancelled by ${by}`);
    this.by = by;
  }
}

/** This process is going down; the run is handed back after the page in hand. */
export class ClosingDown extends Error {
  override readonly name = "ClosingDown";

  constructor() {
    super("Tieline was stopped and goes on when it is started again");
  }
}

/** Read is not the sum of what became of it: a defect of ours, so the run fails rather than go on. */
export class BooksDoNotBalance extends Error {
  override readonly name = "BooksDoNotBalance";
}
