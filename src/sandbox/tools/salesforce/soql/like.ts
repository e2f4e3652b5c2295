type Piece = { kind: "sign"; sign: string } | { kind: "one" } | { kind: "many" };

/**
 * A test for `LIKE`: % stands for any signs, _ for one, and a backslash takes either as it is. It looks
 * at each sign a bounded number of times, whatever the pattern.
 */
export function like(pattern: string): (text: string) => boolean {
  const pieces = piecesOf(pattern.toLowerCase());
  return (text) => matches([...text.toLowerCase()], pieces);
}

function piecesOf(pattern: string): Piece[] {
  const pieces: Piece[] = [];
  const signs = [...pattern];
  for (let at = 0; at < signs.length; at += 1) {
    const sign = signs[at] ?? "";
    if (sign === "\\") pieces.push({ kind: "sign", sign: signs[(at += 1)] ?? "" });
    else if (sign === "%") pieces.push({ kind: "many" });
    else pieces.push(sign === "_" ? { kind: "one" } : { kind: "sign", sign });
  }
  return pieces;
}

/** After a mismatch the last % takes one sign more; earlier ones need not be tried again. */
function matches(text: readonly string[], pieces: readonly Piece[]): boolean {
  let at = 0;
  let piece = 0;
  let retry: { at: number; piece: number } | null = null;
  while (at < text.length) {
    const now = pieces[piece];
    if (now?.kind === "many") {
      retry = { at, piece };
      piece += 1;
    } else if (now?.kind === "one" || (now?.kind === "sign" && now.sign === text[at])) {
      at += 1;
      piece += 1;
    } else if (retry !== null) {
      retry = { at: retry.at + 1, piece: retry.piece };
      at = retry.at;
      piece = retry.piece + 1;
    } else return false;
  }
  return pieces.slice(piece).every(({ kind }) => kind === "many");
}
