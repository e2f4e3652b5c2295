/** One line of a picker's list. `held` is what `state.values` keeps when it is chosen. */
export type Choice = { key: string; label: string; about?: string; held: unknown };
export type Group = { label: string | undefined; choices: Choice[] };

/** The groups with only what contains the typed words; what begins with them first. */
export function filterGroups(groups: Group[], typed: string): Group[] {
  const wanted = typed.trim().toLowerCase();
  if (wanted === "") return groups;
  return groups
    .map(({ label, choices }) => {
      const fits = choices.filter((choice) => choice.label.toLowerCase().includes(wanted));
      const begins = (choice: Choice) => choice.label.toLowerCase().startsWith(wanted);
      return {
        label,
        choices: [...fits.filter(begins), ...fits.filter((choice) => !begins(choice))],
      };
    })
    .filter(({ choices }) => choices.length > 0);
}
