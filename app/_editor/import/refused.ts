// A file that cannot become a document: why, and for whoever uses the API a sentence that says what to do. Pages say it
// in their own language (imports.refused in app/_i18n/messages/).

const sentences = {
  damaged: "This Word file cannot be read. Open it in Word or LibreOffice, save it as .docx again, and import that.",
  empty: "The file is empty: there is nothing to import.",
  locked: "This is an old or locked Word file. Save it as .docx without a password, and import that.",
  "not-text": "This is not a text file, whatever its name says. Choose another.",
  "not-word": "This is not a Word file, whatever its name says. Save it as .docx, and import that.",
  tangled: "The file cannot be read: its parts are nested too deeply. Make it simpler, and import it again.",
  "too-long": "The text is too long for one document. Split the file, and import its parts.",
  "too-slow": "Reading this file takes too long. Make it simpler, or split it and import its parts.",
  type: "This type of file cannot be imported.",
};

export type Refusal = keyof typeof sentences | "too-large";

export class FileRefused extends Error {
  readonly code = "file-refused";
  readonly refusal: keyof typeof sentences;

  constructor(refusal: keyof typeof sentences) {
    super(sentences[refusal]);
    this.refusal = refusal;
  }
}

export function isRefusal(code: unknown): code is Refusal {
  return typeof code === "string" && (code === "too-large" || Object.hasOwn(sentences, code));
}
