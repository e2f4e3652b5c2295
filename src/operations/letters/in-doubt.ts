/** Why these are not sent again unseen. */
export const lookFirst = (count: number): string =>
  count === 1
    ? "This record may have been written already. Look at the tool, then retry or discard it by itself."
    : `These ${count} records may have been written already. Look at the tool, then retry or discard them one by one.`;
