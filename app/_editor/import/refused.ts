// A file that cannot become a document. The message is for the person who chose it: what is wrong, and what to do.

export class FileRefused extends Error {
  readonly code = "file-refused";
}
