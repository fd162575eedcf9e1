// What in-page.js notes, as the page's `window.marks`.
export interface Marks {
  /** ms from each key press to the frame that shows it. */
  keys: number[];
  /** ms of each task of 50 ms or more. */
  tasks: number[];
  /** ms from the start of the visit to the frame with text in the editor; null before. */
  readable: number | null;
}

declare global {
  interface Window {
    marks: Marks;
  }
}
