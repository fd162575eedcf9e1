// Lists of tasks.
import type { Block } from "#app/_editor/block.ts";
import { nearestIs } from "#app/_editor/commands/active.ts";
import { LISTS, toggleList } from "#app/_editor/commands/lists.ts";
import { isTask } from "#app/_editor/commands/tasks.ts";
import { writeList } from "#app/_editor/markdown/write-list.ts";

export const taskList: Block = {
  kind: "node",
  name: "task_list",
  node: {
    group: "block",
    content: "task_item+",
    parseDOM: [
      {
        tag: "ul",
        priority: 60,
        getAttrs: (element) =>
          element.getAttribute("data-type") === "tasks" || Array.from(element.children).some(isTask) ? null : false,
      },
    ],
    toDOM: () => ["ul", { "data-type": "tasks", dir: "auto" }, 0],
  },
  keys: (schema) => [{ key: "Mod-Shift-9", title: "Task list", command: toggleList(schema, "task_list") }],
  menu: (schema) => [
    {
      id: "task-list",
      title: "Task list",
      synonyms: "todo task check box action",
      icon: "task-list",
      place: "list",
      command: toggleList(schema, "task_list"),
      active: nearestIs("task_list", LISTS),
    },
  ],
  markdownTokens: { task_list: { block: "task_list" } },
  toMarkdown: writeList,
};
