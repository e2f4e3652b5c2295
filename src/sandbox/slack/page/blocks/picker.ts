import { useId, useRef } from "preact/hooks";
import { useAnchored } from "../anchored.ts";
import { html } from "../html.ts";
import type { Slot } from "../surface.ts";
import type { Choice } from "./choice-list.ts";
import { PickerList } from "./picker-list.ts";
import type { Search } from "./picker-search.ts";
import { usePicking, type Picking } from "./picking.ts";

type Props = {
  slot: Slot;
  many: boolean;
  placeholder: string;
  chosen: Choice[];
  most: number;
  pending: boolean;
  autofocus: boolean;
  search: Search;
  onChange: (chosen: Choice[]) => void;
};

/** A select that is typed into: WAI-ARIA's combobox with a list, one choice or several. */
export function Picker(props: Props) {
  const { slot, many, placeholder, chosen, pending, autofocus } = props;
  const picking = usePicking(props);
  const frame = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const id = useId();
  useAnchored(picking.open, frame, list, "wide");
  const only = many ? undefined : chosen[0];

  // A press on the frame or a chip must not take the focus away from the input.
  const onMouseDown = (event: MouseEvent) => {
    if (event.target !== input.current) event.preventDefault();
    input.current?.focus();
  };
  return html`<div
    class=${pending ? "picker pending" : "picker"}
    ref=${frame}
    onMouseDown=${onMouseDown}
  >
    ${many && chosen.map((choice) => html`<${Chip} key=${choice.key} choice=${choice} onDrop=${picking.drop} />`)}
    <input
      ref=${input}
      role="combobox"
      autocomplete="off"
      spellcheck=${false}
      aria-autocomplete="list"
      ...${combobox(picking, id)}
      ...${namedBy(slot, placeholder)}
      data-autofocus=${autofocus ? "" : undefined}
      placeholder=${only?.label ?? (chosen.length > 0 ? "" : placeholder)}
      value=${picking.typed ?? only?.label ?? ""}
      onFocus=${() => input.current?.select()}
      onClick=${() => picking.setOpen(true)}
      onInput=${() => picking.type(input.current?.value ?? "")}
      onKeyDown=${picking.onKeyDown}
      onBlur=${picking.close}
    />
    <span class="chevron" aria-hidden="true" onClick=${() => picking.setOpen(!picking.open)}></span>
    ${picking.open && html`<${PickerList} box=${list} id=${id} many=${many} picking=${picking} />`}
  </div>`;
}

function combobox({ open, active, found }: Picking, id: string) {
  const count = found.groups.flatMap(({ choices }) => choices).length;
  return {
    "aria-expanded": open,
    "aria-controls": `${id}-list`,
    "aria-activedescendant": open && active < count ? `${id}-${active}` : undefined,
  };
}

function namedBy({ labelledBy, describedBy, invalid }: Slot, placeholder: string) {
  return {
    "aria-labelledby": labelledBy,
    "aria-label": labelledBy ? undefined : placeholder,
    "aria-describedby": describedBy,
    "aria-invalid": invalid,
  };
}

function Chip({ choice, onDrop }: { choice: Choice; onDrop: (choice: Choice) => void }) {
  return html`<span class="chip">
    ${choice.label}
    <button type="button" aria-label=${`Remove ${choice.label}`} onClick=${() => onDrop(choice)}>
      ×
    </button>
  </span>`;
}
