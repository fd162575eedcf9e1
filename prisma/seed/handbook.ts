// The long text: a chapter of a staff handbook, some 1,500 words in sections.
import {
  bullets,
  type Content,
  divider,
  em,
  heading,
  numbered,
  paragraph,
  quote,
  strong,
  tasks,
} from "#prisma/seed/content.ts";

export const handbook: { title: string; content: Content[] } = {
  title: "Writing together: a handbook chapter",
  content: [
    paragraph(
      em("Chapter 4 of the staff handbook. It belongs to all of us: if something in it is wrong, correct it here."),
    ),

    heading(2, "Why we write at the same time"),
    paragraph(
      "Most of what we produce begins as a text: a grant application, a notice for the door, the plan for a weekend, a letter that nobody wants to write. For years we wrote these texts one after the other. Somebody made a draft, sent it round, and waited. Then came the answers, each in its own copy, each with its own changes, and one unlucky person spent an evening putting five versions back together. The text was late, the person was tired, and two of the five changes got lost on the way.",
    ),
    paragraph(
      "Writing in one document at the same time does away with the copies. It does not do away with the work of agreeing, and it brings a few awkward moments of its own: words that move while you are reading them, a cursor that follows yours, a sentence that is deleted while you are still fond of it. This chapter collects what has helped us with that. None of it is a law. All of it was learned by doing it badly first.",
    ),
    quote("A shared document is a room, not a mailbox. Behave in it as you would in a room."),

    heading(2, "Before anyone writes"),
    paragraph(
      "The most useful five minutes of a text come before its first sentence. Open the document together, and put three lines at the top:",
    ),
    bullets(
      [
        strong("For whom. "),
        "One reader, as real as possible. “The public” cannot be written to; “a parent who has never been here and has two minutes” can.",
      ],
      [
        strong("What for. "),
        "What should this reader know, decide or do when they are done? If the group cannot agree on this line, no amount of polishing will save the text.",
      ],
      [
        strong("By when, and who decides. "),
        "A date, and one name. The name is not the person who writes most. It is the person who says when it is finished.",
      ],
    ),
    paragraph(
      "Leave the three lines in place until the very end. Whenever a discussion about a comma grows long, somebody should scroll up and read them aloud. They settle most arguments, because most arguments about sentences are really arguments about readers.",
    ),

    heading(2, "Drafting"),
    heading(3, "Take a section each"),
    paragraph(
      "Make the headings first, quickly, and put a name behind each. Everybody then has a place that is theirs for the moment, and nobody has to watch somebody else hesitate. Write your section badly and to its end. A complete bad section can be improved by others; half a beautiful one cannot, because nobody knows where it was going.",
    ),
    paragraph(
      "If you are stuck, write down what you would say if the reader stood in front of you and asked. Do not look for the right word; put the wrong one in brackets and go on. It is astonishing how often a colleague passes by and leaves the right one.",
    ),
    heading(3, "Leave people alone"),
    paragraph(
      "You can see where the others are writing. Treat that like a closed door in a house where nobody locks: you could go in, and you don’t. Never correct a sentence while its author is still inside it. Wait until the cursor has moved on, or ask. The mistake will still be there in ten minutes, and its author will very likely have found it first.",
    ),
    heading(3, "Say what you are doing"),
    paragraph(
      "In one room this happens by itself. Apart, it needs a habit. A short line in the text itself is enough, in brackets, and it is deleted afterwards: “(Ben: I am turning the two lists below into one.)” Ten seconds of typing spare the others the shock of a list that vanishes before their eyes.",
    ),

    heading(2, "Revising"),
    paragraph(
      "Drafting is done side by side; revising goes better in turns. One person after the other takes the whole text, from the first line to the last, with one question only. Four questions have proved enough, and this is their order:",
    ),
    numbered(
      [
        strong("Is it true? "),
        "Figures, names, dates, promises. Whoever knows the facts goes first, because there is no point in polishing what will be cut.",
      ],
      [
        strong("Is it in the right order? "),
        "Read only the first sentence of each paragraph. If these sentences alone make sense, the order is good. If they do not, move paragraphs, not words.",
      ],
      [
        strong("Can it be shorter? "),
        "Usually by a quarter. Cut what the reader knows already, what you wrote to warm up, and every sentence that announces the next one.",
      ],
      [
        strong("Does it sound like us? "),
        "Read it aloud. Where you stumble, the reader stumbles. Where you feel silly, rewrite it.",
      ],
    ),
    paragraph(
      "Do not mix the questions. A person who checks facts and rhythm at once does both half. And do not begin with the fourth, however tempting it is: the music of a paragraph that should not exist is a waste of a good ear.",
    ),
    heading(3, "Changing what others wrote"),
    paragraph(
      "You may change anything. That is the point. But there is a difference between a slip and a thought. Correct slips without a word: spelling, a missing letter, a wrong date that you know. When you change a thought, leave a trace. Put your version below the old one and say why in half a sentence, so that the author can weigh the two. Whoever decides then deletes one of them.",
    ),
    paragraph(
      "If your sentence was changed, wait before you change it back. Read both versions as the reader from the top of the page. If yours is better, say what it does that the other does not. If you cannot say it, the other one is probably better, and the sting passes sooner than you would think.",
    ),
    heading(3, "When two disagree"),
    paragraph(
      "It happens that two people change the same sentence back and forth, politely, four times. The document will put up with this for ever; the two people will not. After the second time, stop writing and talk. If talking does not help, the name at the top decides, and the other version is kept at the end of the page under the heading “Not used”. Surprisingly often it is just right for the next text.",
    ),

    heading(2, "Tone"),
    paragraph(
      "We write to adults who have little time. So: short words where there is a choice, verbs rather than nouns, the person who acts at the front of the sentence. “We close at six” and not “closing will take place at six”. We say what is the case before we say why. We apologise once, and properly, or not at all.",
    ),
    paragraph(
      "We write numbers as figures when they matter and as words when they do not. We do not shout: no capitals, no three exclamation marks, no bold type in every line. Emphasis is like salt. One bold phrase on a page is read; ten are wallpaper.",
    ),
    paragraph(
      "Many of our readers read our language as their second or third. Nobody ever complained that a text was too easy to understand. Explain an abbreviation the first time, even if everybody in the building knows it, because the reader is not in the building.",
    ),

    heading(2, "Notes from meetings"),
    paragraph(
      "Notes are the text that we write together most often, and the one that improves most by it. One person leads the meeting, one person leads the notes, and all the others may write as well. Whoever has just spoken looks at what was noted and corrects it on the spot. In this way the minutes are approved by the time the meeting ends.",
    ),
    bullets(
      "Note decisions and reasons, not speeches. In a year somebody will ask why, and nobody will ask who said it first.",
      "Every task has one name and one date. A task for “all of us” is a wish.",
      "What was decided is written as a sentence that a person who was absent can understand.",
      "What is none of the others’ business does not belong in the notes, however interesting it was.",
    ),

    heading(2, "Finishing"),
    paragraph(
      "A text that anybody can change at any time is in danger of never being done. So finish it on purpose. The person whose name is at the top says, a day ahead, when the last changes can be made. At that hour they read the whole text once more, alone, aloud, and change only what is wrong. Then it goes out, and the three lines at the top are deleted.",
    ),
    paragraph("Before it goes out, somebody who did not write it goes through this list:"),
    tasks(
      [false, "Names are spelled as their bearers spell them."],
      [false, "Dates have the right weekday."],
      [false, "Every link was clicked, every telephone number was called."],
      [false, "The first paragraph says the most important thing."],
      [false, "No note in brackets was left behind."],
      [false, "It says whom to ask."],
    ),
    paragraph(
      "What comes to mind afterwards is not lost. It goes below the line at the end of the document, and the next person who has to write such a text begins there. Over the years these scraps have become the best part of our archive.",
    ),

    heading(2, "When the technology is in the way"),
    paragraph(
      "Trains have tunnels and buildings have cellars. If the connection breaks, go on writing: your changes are kept on your device and are merged with those of the others when you are back. The merged text contains everything that everybody wrote. That is a promise about letters, not about sense. Two people who rewrote the same paragraph apart will find both attempts woven together, and must read it once with care.",
    ),
    paragraph(
      "So after a longer time apart, read before you write. And if a change of yours seems to have vanished, look at the note beside the title before you look for someone to blame. As long as it does not say that everything is saved, keep the window open.",
    ),

    heading(2, "Manners"),
    paragraph(
      "Say hello when you enter a document in which somebody is working, at least by staying out of their paragraph. Thank people for corrections, also for the small ones. Do not use somebody’s unfinished draft as an argument against them. Do not show it to others without asking. A draft is a thought in its dressing gown.",
    ),
    paragraph(
      "And leave the page a little better than you found it. One spelling mistake corrected in passing, one sentence made shorter, one heading that says what is below it: this is how a pile of documents turns into something that a new colleague can read, understand and go on with. That colleague is the reader we are all writing for, most of the time. It may well be you, in two years, wondering what on earth we meant.",
    ),

    divider,
    heading(3, "Below the line"),
    bullets(
      "Should there be a section on pictures? (Mira)",
      "The part on tone would be good as a page of its own, for volunteers. (Tomás)",
    ),
  ],
};
