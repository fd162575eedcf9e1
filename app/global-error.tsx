"use client";

/** The frame of the pages itself failed, so nothing of it can be used here. */
export default function GlobalError({ reset }: { error: Error; reset: () => void }) {
  return (
    <html lang="en">
      <body style={{ fontFamily: "system-ui", textAlign: "center", padding: "20vh 24px" }}>
        <h1 style={{ fontSize: 20 }}>This page could not be shown</h1>
        <p>The server did not answer. Your documents are safe.</p>
        <button type="button" onClick={reset}>
          Try again
        </button>
      </body>
    </html>
  );
}
