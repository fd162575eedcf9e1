"use client";

/** The frame of the pages itself failed, so nothing of it can be used here, not even its colours. */
export default function GlobalError() {
  return (
    <html lang="en" style={{ colorScheme: "light dark" }}>
      <body style={{ fontFamily: "system-ui", lineHeight: 1.5, textAlign: "center", padding: "20vh 24px" }}>
        <title>This page could not be shown</title>
        <main>
          <h1 style={{ fontSize: 20 }}>This page could not be shown</h1>
          <p>The server did not answer. Your documents are safe.</p>
          <button type="button" onClick={() => location.reload()} style={{ font: "inherit", padding: "8px 16px" }}>
            Try again
          </button>
        </main>
      </body>
    </html>
  );
}
