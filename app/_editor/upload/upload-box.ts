// What stands in the text while a file is on its way: its name, how far it is, and what can be done about it.
import { sizeLabel } from "#app/_editor/upload/uploaded-file.ts";
import { words } from "#app/_editor/words.ts";

export interface UploadBox {
  dom: HTMLElement;
  /** 0 to 1 */
  progress(share: number): void;
  failed(message: string): void;
  /** Back to the start. */
  again(): void;
}

interface Actions {
  /** Gives up, while it is being sent or after it failed. */
  remove(): void;
  retry(): void;
}

export function createUploadBox(document: Document, file: File, { remove, retry }: Actions): UploadBox {
  const element = (tag: string, className: string, text = "") =>
    Object.assign(document.createElement(tag), { className, textContent: text });
  const dom = element("div", "upload");
  dom.contentEditable = "false";
  const name = element("span", "upload-name", file.name || words("upload.picture"));
  const size = element("span", "upload-size", sizeLabel(file.size));
  const bar = document.createElement("progress");
  bar.max = 1;
  bar.setAttribute("aria-label", words("upload.sending", { name: file.name }));
  const message = element("p", "upload-message");
  message.setAttribute("role", "status");
  const button = (label: string, act: () => void) => {
    const made = element("button", "upload-button", label) as HTMLButtonElement;
    made.type = "button";
    made.addEventListener("click", act);
    return made;
  };
  const cancel = button(words("upload.cancel"), remove);
  const again = button(words("upload.again"), retry);
  dom.append(name, size, bar, message, again, cancel);

  const show = (failure: string | null) => {
    dom.classList.toggle("upload-failed", failure !== null);
    bar.hidden = failure !== null;
    again.hidden = failure === null;
    cancel.textContent = words(failure === null ? "upload.cancel" : "upload.remove");
    message.textContent = failure === null ? "" : words("upload.failed", { reason: failure });
  };
  show(null);
  return {
    dom,
    progress(share) {
      bar.value = share;
    },
    failed: show,
    again() {
      bar.removeAttribute("value");
      show(null);
    },
  };
}
