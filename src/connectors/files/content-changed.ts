/** What the file holds is not what its record said: it changed meanwhile, and comes again. */
export class ContentChanged extends Error {
  override readonly name = "ContentChanged";
}
