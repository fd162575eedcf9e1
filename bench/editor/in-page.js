// What runs inside the measured page, before anything of the page itself: until when a key's change is on the screen,
// which tasks held the page up, and when there was text to read. Plain JavaScript, because the browser gets it as it is.
(() => {
  /** Type Marks in marks.ts. */
  const marks = { keys: [], tasks: [], readable: null };
  window.marks = marks;
  /** After the next frame was handed over: a task that is queued while the frame is made runs behind it. */
  const afterFrame = (act) =>
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = act;
      port2.postMessage(null);
    });
  const onKey = ({ timeStamp }) => afterFrame(() => marks.keys.push(performance.now() - timeStamp));
  window.addEventListener("keydown", onKey, { capture: true });
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) marks.tasks.push(duration);
  }).observe({ type: "longtask", buffered: true });
  const hasText = () => (document.querySelector(".ProseMirror")?.textContent ?? "").length > 1_000;
  new MutationObserver((_changes, observer) => {
    if (!hasText()) return;
    observer.disconnect();
    afterFrame(() => {
      marks.readable = performance.now();
    });
  }).observe(document, { subtree: true, childList: true });
})();
