// Leaving a page inside the app asks first where closing its tab would. The browser asks on "beforeunload", and only when
// it loads another page; ours change without that. So whoever wants to be asked listens to that event alone, and what
// leads elsewhere looks whether somebody listens, and then has the browser load the next page.

/** Whether the browser would ask before it leaves this page: something on it is nowhere else. */
export function wouldAsk(): boolean {
  return !window.dispatchEvent(new Event("beforeunload", { cancelable: true }));
}
