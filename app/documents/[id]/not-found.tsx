// The same words for "not there" and "not yours".
import { getTranslations } from "next-intl/server";
import { buttonClass } from "#app/_ui/button.tsx";
import { MessagePage } from "#app/_ui/message-page.tsx";
import { Sign } from "#app/_ui/sign.tsx";

export default async function NoDocument() {
  const [words, common] = [await getTranslations("errors"), await getTranslations("common")];
  const actions = (
    <a className={buttonClass()} href="/documents">
      {common("allDocuments")}
    </a>
  );
  return (
    <MessagePage icon={<Sign name="nothing" />} title={words("noDocument")} actions={actions}>
      {words("noDocumentText")}
    </MessagePage>
  );
}
