/** Somebody cancelled the run; it ends after the page in hand. */
export class Stopped extends Error {
  override readonly name = "Stopped";
  readonly by: string;

  constructor(by: string) {
    super(`Cancelled by ${by}`);
    this.by = by;
  }
}

/** Somebody paused the run; it rests until a person says go on. */
export class Paused extends Error {
  override readonly name = "Paused";
  readonly by: string;

  constructor(by: string) {
    super(`Paused by ${by}`);
    this.by = by;
  }
}

/** Another run of the same flow is due: what is done in bulk lets it go first. */
export class GivesWay extends Error {
  override readonly name = "GivesWay";

  constructor() {
    super("Another run of this flow goes first");
  }
}

/** A bulk retry met again what it was to be rid of; the message says so. */
export class CauseReturned extends Error {
  override readonly name = "CauseReturned";
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
