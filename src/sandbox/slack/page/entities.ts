/** `&amp;`, `&lt;` and `&gt;` decoded once, as Slack does; nothing else is an entity. */
export function decodeEntities(text: string): string {
  return text.replace(/&(amp|lt|gt);/g, (_, name: string) =>
    name === "amp" ? "&" : name === "lt" ? "<" : ">",
  );
}
