"use client";

import { useTranslations } from "#app/_i18n/use-translations.tsx";
import { Button, buttonClass } from "#app/_ui/button.tsx";
import { MessagePage } from "#app/_ui/message-page.tsx";
import { Sign } from "#app/_ui/sign.tsx";

/** A page could not be made. What people wrote is not touched by that. */
export default function ErrorPage() {
  const [words, common] = [useTranslations("errors"), useTranslations("common")];
  return (
    <MessagePage
      icon={<Sign name="problem" />}
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
