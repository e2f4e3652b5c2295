import { useEffect, useState } from "preact/hooks";
import type { Choice } from "./choice-list.ts";
import { useSearch, type Found, type Search } from "./picker-search.ts";

type Setting = {
  many: boolean;
  most: number;
  chosen: Choice[];
  search: Search;
  onChange: (chosen: Choice[]) => void;
};

export type Picking = {
  open: boolean;
  /** What is typed to narrow the list; undefined while nothing is. */
  typed: string | undefined;
  active: number;
  found: Found;
  isChosen: (choice: Choice) => boolean;
  setOpen: (open: boolean) => void;
  setActive: (index: number) => void;
  type: (text: string) => void;
  pick: (choice: Choice) => void;
  drop: (choice: Choice) => void;
  close: () => void;
  onKeyDown: (event: KeyboardEvent) => void;
};

/** What a picker remembers while it is used, and what its keys do. */
export function usePicking({ many, most, chosen, search, onChange }: Setting): Picking {
  const [typed, setTyped] = useState<string | undefined>();
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const found = useSearch(open, typed ?? "", search);
  const choices = found.groups.flatMap((group) => group.choices);
  useEffect(() => setActive(0), [typed, open]);

  const isChosen = (choice: Choice) => chosen.some(({ key }) => key === choice.key);
  const drop = (choice: Choice) => onChange(chosen.filter(({ key }) => key !== choice.key));
  const close = () => {
    setOpen(false);
    setTyped(undefined);
  };
  const pick = (choice: Choice) => {
    if (many) setTyped(undefined);
    else close();
    if (!many) onChange([choice]);
    else if (isChosen(choice)) drop(choice);
    else if (chosen.length < most) onChange([...chosen, choice]);
  };

  /** True when the key is ours; then the browser must not act on it as well. */
  const uses = (key: string): boolean => {
    if (key === "ArrowDown" || key === "ArrowUp") {
      const step = key === "ArrowDown" ? 1 : -1;
      if (open) setActive((at) => (at + step + choices.length) % Math.max(choices.length, 1));
      setOpen(true);
      return true;
    }
    if (!open || (key !== "Enter" && key !== "Escape")) return false;
    const choice = key === "Enter" ? choices[active] : undefined;
    if (choice) pick(choice);
    else close();
    return true;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const last = chosen.at(-1);
    // Backspace takes the last choice away; in a single picker only where nothing is typed over it.
    const erases = event.key === "Backspace" && (many ? !typed : typed === undefined);
    if (erases && last) drop(last);
    if ((erases && last) || uses(event.key)) event.preventDefault();
  };
  const type = (text: string) => {
    setTyped(text);
    setOpen(true);
  };
  return {
    open,
    typed,
    active,
    found,
    isChosen,
    setOpen,
    setActive,
    type,
    pick,
    drop,
    close,
    onKeyDown,
  };
}
