// A file that cannot become a document. The message is for the person who chose it: what is wrong, and what to do.

export class FileRefused extends Error {
  readonly code = "file-refused";
}

export const TOO_LONG = "The text is too long for one document. Split the file, and import its parts.";
