import { useEffect, useId, useRef, useState } from "preact/hooks";
import { useAnchored } from "../anchored.ts";
import { html } from "../html.ts";
import type { Slot } from "../surface.ts";
import type { Choice, Group } from "./choice-list.ts";
import { PickerList } from "./picker-list.ts";

type Props = {
  slot: Slot;
  many: boolean;
  placeholder: string;
  chosen: Choice[];
  most: number;
  pending: boolean;
  autofocus: boolean;
  /** The choices for what is typed; a promise when the app has to be asked. */
  search: (typed: string) => Group[] | Promise<Group[]>;
  onChange: (chosen: Choice[]) => void;
};

type Found = { groups: Group[]; note: string | undefined };
const nothing: Found = { groups: [], note: undefined };

/** A select that is typed into: WAI-ARIA's combobox with a list, one choice or several. */
export function Picker(props: Props) {
  const { slot, many, placeholder, chosen, most, pending, autofocus, search, onChange } = props;
  const [typed, setTyped] = useState<string | undefined>();
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const found = useSearch(open, typed ?? "", search);
  const frame = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const id = useId();
  useAnchored(open, frame, list, "wide");
  useEffect(() => setActive(0), [typed, open]);

  const [only] = many ? [] : chosen;
  const isChosen = (choice: Choice) => chosen.some(({ key }) => key === choice.key);
  const choices = found.groups.flatMap((group) => group.choices);
  const close = () => {
    setOpen(false);
    setTyped(undefined);
  };
  const pick = (choice: Choice) => {
    if (!many) {
      close();
      return onChange([choice]);
    }
    setTyped(undefined);
    if (isChosen(choice)) onChange(chosen.filter(({ key }) => key !== choice.key));
    else if (chosen.length < most) onChange([...chosen, choice]);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Backspace" && !typed && chosen.length > 0 && (many || open)) {
      onChange(chosen.slice(0, -1));
    } else if (!keys(event.key)) return;
    else event.preventDefault();
  };
  /** True when the key is ours; then the browser must not act on it as well. */
  const keys = (key: string): boolean => {
    if (key === "ArrowDown" || key === "ArrowUp") {
      if (open) setActive((at) => wrap(at + (key === "ArrowDown" ? 1 : -1), choices.length));
      setOpen(true);
      return true;
    }
    if (!open || (key !== "Enter" && key !== "Escape")) return false;
    const choice = key === "Enter" ? choices[active] : undefined;
    if (choice) pick(choice);
    else close();
    return true;
  };

  return html`<div
    class=${`picker ${pending ? "pending" : ""}`}
    ref=${frame}
    onMouseDown=${(event: MouseEvent) => {
      if (event.target !== input.current) event.preventDefault();
      input.current?.focus();
    }}
  >
    ${
      many &&
      chosen.map(
        (choice) =>
          html`<span class="chip" key=${choice.key}
            >${choice.label}<button
              type="button"
              aria-label=${`Remove ${choice.label}`}
              onClick=${() => onChange(chosen.filter(({ key }) => key !== choice.key))}
            >
              ×
            </button></span
          >`,
      )
    }
    <input
      ref=${input}
      role="combobox"
      autocomplete="off"
      spellcheck=${false}
      aria-expanded=${open}
      aria-controls=${`${id}-list`}
      aria-autocomplete="list"
      aria-activedescendant=${open && choices[active] ? `${id}-${active}` : undefined}
      aria-labelledby=${slot.labelledBy}
      aria-label=${slot.labelledBy ? undefined : placeholder}
      aria-describedby=${slot.describedBy}
      aria-invalid=${slot.invalid}
      data-autofocus=${autofocus ? "" : undefined}
      placeholder=${only?.label ?? (many && chosen.length > 0 ? "" : placeholder)}
      class=${only ? "has-choice" : ""}
      value=${typed ?? only?.label ?? ""}
      onFocus=${(event: FocusEvent) => (event.currentTarget as HTMLInputElement).select()}
      onClick=${() => setOpen(true)}
      onInput=${(event: Event) => {
        setTyped((event.currentTarget as HTMLInputElement).value);
        setOpen(true);
      }}
      onKeyDown=${onKeyDown}
      onBlur=${close}
    />
    <span class="chevron" aria-hidden="true" onClick=${() => setOpen(!open)}></span>
    ${
      open &&
      html`<${PickerList}
        box=${list}
        id=${id}
        groups=${found.groups}
        note=${found.note}
        active=${active}
        many=${many}
        isChosen=${isChosen}
        onPick=${pick}
        onActive=${setActive}
      />`
    }
  </div>`;
}

const wrap = (at: number, count: number): number => (count === 0 ? 0 : (at + count) % count);
const pause = 150;

/** What the list shows; an answer that comes after a newer question is dropped. */
function useSearch(open: boolean, typed: string, search: Props["search"]): Found {
  const [found, setFound] = useState(nothing);
  useEffect(() => {
    if (!open) return undefined;
    let late = false;
    const show = (groups: Group[]) => {
      const empty = groups.every((group) => group.choices.length === 0);
      if (!late) setFound({ groups, note: empty ? "Nothing matches." : undefined });
    };
    const answer = search(typed);
    if (Array.isArray(answer)) show(answer);
    else {
      setFound(({ groups }) => ({ groups, note: groups.length > 0 ? undefined : "Looking…" }));
      answer.then(show, (problem: unknown) => {
        if (!late)
          setFound({
            groups: [],
            note: String(problem instanceof Error ? problem.message : problem),
          });
      });
    }
    return () => void (late = true);
  }, [open, typed]);
  return found;
}

/** Waits until the person pauses, so that each letter is not a request. */
export const afterPause = (): Promise<void> => new Promise((done) => void setTimeout(done, pause));
