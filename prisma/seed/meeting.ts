// Meeting notes with tasks: a page that several people fill in at once.
import {
  bullets,
  type Content,
  code,
  divider,
  em,
  heading,
  numbered,
  paragraph,
  quote,
  strong,
  tasks,
} from "#prisma/seed/content.ts";

export const meeting: { title: string; content: Content[] } = {
  title: "Weekly meeting notes",
  content: [
    paragraph(
      strong("Present: "),
      "Ana (chair), Ben (notes), Mira, Tomás. ",
      strong("Excused: "),
      "Jule. ",
      strong("Next: "),
      "Tuesday, 10:00, room 2 or online.",
    ),
    quote("Add your points before the meeting. During it, everybody writes: who speaks does not have to note it down."),

    heading(2, "Left from last week"),
    tasks(
      [true, "Mira: send the printer’s offer round"],
      [true, "Ben: book the hall for the open day"],
      [false, "Tomás: ask the library about the display cases", " ", em("(they answer on Thursday)")],
    ),

    heading(2, "Agenda"),
    numbered("Open day: programme and helpers", "New door sign", "Where we keep our texts", "Any other business"),

    heading(2, "1. Open day"),
    bullets(
      [
        "Programme stands except for the last slot.",
        bullets(
          "Music at the end would be good, but not louder than the neighbours can bear.",
          "If nobody is found by Friday, we end at five.",
        ),
      ],
      "Helpers: eleven names for fourteen shifts. The early shift is the gap.",
      ["Budget is unchanged: ", strong("1,200"), ", of which 430 are spent."],
    ),
    paragraph(strong("Decided: "), "doors open at ten, not at nine. Unanimous."),

    heading(2, "2. New door sign"),
    paragraph(
      "Two drafts were on the table. The plain one can be read from the other side of the street, the other one cannot. ",
      strong("Decided: "),
      "the plain one, in dark green.",
    ),

    heading(2, "3. Where we keep our texts"),
    paragraph(
      "From this week on, notes and drafts are written here and no longer mailed around. One document per meeting, named by its date, like ",
      code("2026-11-24 Weekly"),
      ". Old files stay where they are.",
    ),

    divider,
    heading(2, "To do"),
    tasks(
      [false, "Ana: write to everybody about the early shift, until Wednesday"],
      [false, "Ben: order the sign"],
      [false, "Mira: ask two choirs about the last slot"],
      [false, "Everybody: read the handbook chapter on writing together and leave your changes in it"],
    ),
  ],
};
