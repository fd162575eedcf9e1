// How the parts of a Word file look, and what its numbered lists begin with. Word's own names, so that its styles menu
// and other programs understand them.
import {
  AlignmentType,
  BorderStyle,
  type ILevelsOptions,
  type IParagraphOptions,
  LevelFormat,
  ShadingType,
} from "docx";

/** Twentieths of a point: one step of indentation. */
export const INDENT = 567;

/** Word knows lists up to this depth. */
export const DEEPEST_LEVEL = 8;

const MONO = "Consolas";
const heading = (size: number, before: number) => ({
  run: { size, bold: true, font: "Calibri", color: "1F2933" },
  paragraph: { spacing: { before, after: 60 }, keepNext: true },
});

export const styles = {
  default: {
    document: { run: { font: "Calibri", size: 22 }, paragraph: { spacing: { after: 120, line: 276 } } },
    title: { run: { size: 48, bold: true, font: "Calibri" }, paragraph: { spacing: { after: 240 } } },
    heading1: heading(34, 360),
    heading2: heading(28, 300),
    heading3: heading(24, 240),
    heading4: heading(22, 240),
  },
  paragraphStyles: [
    { id: "Quote", name: "Quote", basedOn: "Normal", quickFormat: true, run: { color: "4B5563" } },
    {
      id: "Code",
      name: "Code",
      basedOn: "Normal",
      quickFormat: true,
      run: { font: MONO, size: 19 },
      paragraph: { spacing: { after: 0, line: 252 } },
    },
  ],
  characterStyles: [{ id: "CodeChar", name: "Code Char", quickFormat: true, run: { font: MONO, size: 20 } }],
};

export const shading = { type: ShadingType.CLEAR, color: "auto", fill: "F3F4F6" };

const line = (size: number, color: string, space: number) => ({ style: BorderStyle.SINGLE, size, color, space });
export const quoteBorder: IParagraphOptions["border"] = { left: line(18, "C4C9D0", 8) };
export const divider: IParagraphOptions["border"] = { bottom: line(6, "C4C9D0", 1) };

const BULLETS = ["•", "◦", "▪"];

/** A list whose items stand at `level`, and the levels around it; `start` is null for bullets. */
export function listLevels(level: number, start: number | null): ILevelsOptions[] {
  return Array.from({ length: level + 1 }, (_, at) => ({
    level: at,
    format: start === null ? LevelFormat.BULLET : LevelFormat.DECIMAL,
    text: start === null ? (BULLETS[at % BULLETS.length] ?? "•") : `%${at + 1}.`,
    start: at === level ? (start ?? 1) : 1,
    alignment: AlignmentType.START,
    style: { paragraph: { indent: { left: INDENT * (at + 1), hanging: INDENT * 0.75 } } },
  }));
}
