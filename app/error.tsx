"use client";

import { CircleAlert } from "lucide-react";
import { useTranslations } from "#app/_i18n/use-translations.tsx";
import { Button, buttonClass } from "#app/_ui/button.tsx";
import { MessagePage } from "#app/_ui/message-page.tsx";

/** A page could not be made. What people wrote is not touched by that. */
export default function ErrorPage() {
  const [words, common] = [useTranslations("errors"), useTranslations("common")];
  return (
    <MessagePage
      icon={<CircleAlert size={40} strokeWidth={1.25} />}
      title={words("pageTitle")}
      actions={
        <>
          {/* Next's own reset shows the same answer again; only a reload asks the server. */}
          <Button kind="filled" onClick={() => location.reload()}>
            {common("tryAgain")}
          </Button>
          <a className={buttonClass("quiet")} href="/documents">
            {common("allDocuments")}
          </a>
        </>
      }
    >
      <p>{words("pageText")}</p>
    </MessagePage>
  );
}
