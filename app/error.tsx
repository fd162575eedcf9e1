"use client";

import { CircleAlert } from "lucide-react";
import { Button } from "#app/_ui/button.tsx";
import { MessagePage } from "#app/_ui/message-page.tsx";

/** A page could not be made. What people wrote is not touched by that. */
export default function ErrorPage({ reset }: { error: Error; reset: () => void }) {
  return (
    <MessagePage
      icon={<CircleAlert size={40} strokeWidth={1.25} />}
      title="This page could not be shown"
      actions={
        <Button kind="filled" onClick={reset}>
          Try again
        </Button>
      }
    >
      <p>The server or its database did not answer. Your documents are safe.</p>
    </MessagePage>
  );
}
