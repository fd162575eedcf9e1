"use client";

import { CircleAlert } from "lucide-react";
import { Button, buttonClass } from "#app/_ui/button.tsx";
import { MessagePage } from "#app/_ui/message-page.tsx";

/** A page could not be made. What people wrote is not touched by that. */
export default function ErrorPage() {
  return (
    <MessagePage
      icon={<CircleAlert size={40} strokeWidth={1.25} />}
      title="This page could not be shown"
      actions={
        <>
          {/* Next's own reset shows the same answer again; only a reload asks the server. */}
          <Button kind="filled" onClick={() => location.reload()}>
            Try again
          </Button>
          <a className={buttonClass("quiet")} href="/documents">
            All documents
          </a>
        </>
      }
    >
      <p>The server or its database did not answer. Your documents are safe.</p>
    </MessagePage>
  );
}
