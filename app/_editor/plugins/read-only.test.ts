// What stands in the text and may not change it: it says so, does nothing, and works again when it may.
import { EditorState } from "prosemirror-state";
import { DecorationSet, type EditorView } from "prosemirror-view";
import { expect, test } from "vitest";
import { taskItem } from "#app/_editor/blocks/task-item.ts";
import { parseBody } from "#app/_editor/dom.test-helper.ts";
import { lockReadOnly, readOnly, whenEditable } from "#app/_editor/plugins/read-only.ts";
import { schema } from "#app/_editor/schema.ts";

/** As much of a view as what stands in the text asks for. */
function viewOf(editable: boolean) {
  const view = { editable, dom: parseBody("<div></div>").firstElementChild, state: EditorState.create({ schema }) };
  return view as unknown as EditorView & { editable: boolean };
}

function setEditable(view: EditorView, editable: boolean) {
  const told = readOnly().spec.view?.(view);
  (view as { editable: boolean }).editable = editable;
  told?.update?.(view, view.state);
}

function isRefused(control: HTMLElement, type: string, init: object = {}): boolean {
  const { Event } = control.ownerDocument.defaultView as unknown as { Event: typeof globalThis.Event };
  return !control.dispatchEvent(Object.assign(new Event(type, { bubbles: true, cancelable: true }), init));
}

test("refuses what would change the text, lets keys pass that lead on, and says so", () => {
  const view = viewOf(false);
  const control = view.dom.ownerDocument.createElement("select");
  lockReadOnly(view, control);
  expect(control.getAttribute("aria-disabled")).toBe("true");
  expect(isRefused(control, "mousedown")).toBe(true);
  expect(isRefused(control, "click")).toBe(true);
  expect(isRefused(control, "keydown", { key: "ArrowDown", ctrlKey: false, metaKey: false })).toBe(true);
  expect(isRefused(control, "keydown", { key: "Tab", ctrlKey: false, metaKey: false })).toBe(false);
  expect(isRefused(control, "keydown", { key: "f", ctrlKey: true, metaKey: false })).toBe(false);

  setEditable(view, true);
  expect(control.hasAttribute("aria-disabled")).toBe(false);
  expect(isRefused(control, "mousedown")).toBe(false);
  setEditable(view, false);
  expect(control.getAttribute("aria-disabled")).toBe("true");
});

test("who has stopped listening is not told", () => {
  const view = viewOf(true);
  const told: boolean[] = [];
  const stop = whenEditable(view, (isEditable) => told.push(isEditable));
  setEditable(view, false);
  stop();
  setEditable(view, true);
  expect(told).toEqual([true, false]);
});

test("a task's box is locked, and listens no longer when it is gone", () => {
  const view = viewOf(false);
  const node = schema.nodes.task_item?.createAndFill();
  if (!node || taskItem.kind !== "node") throw new Error("no task");
  const made = taskItem.view?.(node, view, () => 0, [], DecorationSet.empty);
  const box = (made?.dom as HTMLElement | undefined)?.querySelector("input");
  expect(box?.getAttribute("aria-disabled")).toBe("true");
  made?.destroy?.();
  setEditable(view, true);
  expect(box?.getAttribute("aria-disabled")).toBe("true");
});
