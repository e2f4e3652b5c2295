import { useRef, useState } from "preact/hooks";
import { explain, uploadFile } from "../api.ts";
import { html } from "../html.ts";
import { Icon } from "../icon.ts";
import type { ElementProps } from "./element-props.ts";
import type { ChosenFile, FileInput } from "./model.ts";

/**
 * Files, with the browser's own chooser, so that mouse, keyboard and screen reader know it; they can be
 * dropped here too. Each is uploaded as soon as it is chosen, as Slack does.
 */
export function FileElement({ element, slot, surface }: ElementProps<FileInput>) {
  const box = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(0);
  const [problem, setProblem] = useState<string | undefined>();
  const { filetypes = [], max_files: most = 10 } = element;
  const held = () => surface.value(element, slot.blockId).files ?? [];
  const put = (files: ChosenFile[]) => void surface.change(element, slot.blockId, files, slot.send);

  const take = async (given: readonly File[]) => {
    const wrong = problemWith(given, filetypes, most);
    setProblem(wrong);
    if (wrong || given.length === 0) return;
    setBusy((now) => now + 1);
    const answers = await Promise.all(given.map((file) => uploadFile(surface.user, file)));
    setBusy((now) => now - 1);
    const taken = answers.flatMap((answer) => ("file" in answer ? [answer.file] : []));
    const refused = answers.find((answer) => "error" in answer);
    if (refused && "error" in refused) setProblem(explain(refused.error));
    // One more than there is room for takes the place of the oldest.
    if (taken.length > 0) put([...held(), ...taken].slice(-most));
  };
  const drop = (file: ChosenFile) => {
    put(held().filter(({ id }) => id !== file.id));
    box.current?.focus();
  };

  return html`<div
    class="file-input"
    onDragOver=${(event: DragEvent) => event.preventDefault()}
    onDrop=${(event: DragEvent) => {
      event.preventDefault();
      void take([...(event.dataTransfer?.files ?? [])]);
    }}
  >
    <input
      ref=${box}
      class=${held().length > 0 ? "field file-field some" : "field file-field"}
      type="file"
      accept=${filetypes.map((type) => `.${type}`).join(",")}
      multiple=${most > 1}
      aria-labelledby=${slot.labelledBy}
      aria-describedby=${slot.describedBy}
      aria-invalid=${slot.invalid}
      onChange=${(event: Event) => {
        const input = event.currentTarget as HTMLInputElement;
        const given = [...(input.files ?? [])];
        // The list below says what is chosen, and the same file may be chosen again.
        input.value = "";
        void take(given);
      }}
    />
    <div role="status">
      ${busy > 0 && "Uploading…"} ${problem && html`<span class="input-error">${problem}</span>`}
    </div>
    <ul class="files">
      ${held().map((file) => html`<${Chosen} key=${file.id} file=${file} onDrop=${drop} />`)}
    </ul>
  </div>`;
}

type ChosenProps = { file: ChosenFile; onDrop: (file: ChosenFile) => void };

function Chosen({ file, onDrop }: ChosenProps) {
  return html`<li class="chosen-file">
    <span>${file.name}</span>
    <small>${sizeText(file.size)}</small>
    <button
      type="button"
      class="icon-button"
      title="Remove"
      aria-label=${`Remove ${file.name}`}
      onClick=${() => onDrop(file)}
    >
      <${Icon} name="close" />
    </button>
  </li>`;
}

/** What Slack would not take, before anything is sent. */
export function problemWith(
  files: readonly { name: string }[],
  types: readonly string[],
  most: number,
): string | undefined {
  if (files.length > most)
    return `Please choose at most ${most === 1 ? "one file" : `${most} files`}.`;
  const fits = (name: string) =>
    types.length === 0 || types.includes(name.slice(name.lastIndexOf(".") + 1).toLowerCase());
  return files.every(({ name }) => fits(name))
    ? undefined
    : `Please choose a file of these types: ${types.join(", ")}.`;
}

const sizeText = (bytes: number): string =>
  bytes < 1000 ? `${bytes} bytes` : `${(bytes / 1024).toFixed(1)} KB`;
