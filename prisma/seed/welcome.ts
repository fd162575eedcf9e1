// The tour: shows every block and mark by using it.
import {
  bullets,
  type Content,
  code,
  codeBlock,
  divider,
  em,
  heading,
  lineBreak,
  link,
  numbered,
  paragraph,
  quote,
  strike,
  strong,
  tasks,
  underline,
} from "#prisma/seed/content.ts";

export const welcome: { title: string; content: Content[] } = {
  title: "Welcome to next-yroom",
  content: [
    paragraph(
      "This is a document like any other: everybody who may enter can write in it, at the same time. ",
      strong("Change it, break it, tidy it up."),
      " Nothing here is precious.",
    ),

    heading(2, "Write together in one minute"),
    numbered(
      [
        "Open a private window and log in there as somebody else. ",
        em("Ana"),
        " and ",
        em("Ben"),
        " are waiting on the login page, if this installation has the demo accounts.",
      ],
      "Put the two windows side by side and open this document in both.",
      "Type in both at once, even in the same sentence. You see each other’s cursor with a name on it, and neither of you loses a letter.",
      [
        "Take one of them offline for a while and keep writing. When it is back, both texts are one again.",
        bullets(
          "What you wrote offline is kept on your device until the server has it.",
          "Undo takes back your own words only, never those of the others.",
        ),
      ],
    ),

    heading(2, "Know where your words are"),
    paragraph(
      "Look at the small note beside the title. ",
      strong("Saved"),
      " means what it says: all that you typed is in the database, not merely on its way. Until then it reads ",
      em("Saving…"),
      ", and without a connection ",
      em("Offline"),
      ".",
    ),

    heading(2, "Style as you type"),
    paragraph(
      "Text can be ",
      strong("bold"),
      ", ",
      em("italic"),
      ", ",
      underline("underlined"),
      ", ",
      strike("struck out"),
      ", ",
      code("code"),
      " or ",
      link("a link", "https://prosemirror.net/"),
      ". Select some words and use the toolbar, or the keys: Ctrl+B, Ctrl+I, Ctrl+U, Ctrl+E (on a Mac, Cmd).",
    ),
    paragraph("Faster still: type the Markdown you know, and it turns into what it means."),
    bullets(
      [code("# "), " and a space at the start of a line makes a heading; ", code("## "), " a smaller one"],
      [code("- "), " starts a list like this one, ", code("1. "), " a numbered one"],
      [code("[ ] "), " starts a list of tasks"],
      [code("> "), " starts a quote"],
      [code("```"), " starts a block of code"],
      [code("---"), " draws a line across the page"],
    ),

    heading(2, "Blocks"),
    paragraph("Tasks have a box that anybody can tick:"),
    tasks(
      [true, "Open this document"],
      [false, "Invite a second window, and write in both"],
      [false, "Give this document a new title; everybody sees it change"],
    ),
    paragraph("A quote keeps its distance:"),
    quote("Writing is thinking. To write together is to think together, slowly enough to follow."),
    paragraph("Code keeps its spaces, and asks for no spelling advice:"),
    codeBlock(
      "js",
      'const doc = new Y.Doc();\ndoc.on("update", (update) => {\n  // a few bytes for a keystroke\n  send(update);\n});',
    ),
    paragraph(
      "Shift+Enter starts a new line",
      lineBreak,
      "in the same paragraph, for an address or a verse. And this is a divider:",
    ),
    divider,

    heading(2, "Where to go from here"),
    paragraph(
      "“Weekly meeting notes” is a page you can copy for your own team. “Writing together: a handbook chapter” is long, to show how a longer text feels. Everything is in the list of documents; what you do not need goes to the trash, and comes back from there.",
    ),
  ],
};
