// The same words for "not there" and "not yours".
import { FileQuestion } from "lucide-react";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { buttonClass } from "#app/_ui/button.tsx";
import { MessagePage } from "#app/_ui/message-page.tsx";

export default async function NoDocument() {
  const [words, common] = [await getTranslations("errors"), await getTranslations("common")];
  const actions = (
    <Link className={buttonClass()} href="/documents">
      {common("allDocuments")}
    </Link>
  );
  return (
    <MessagePage icon={<FileQuestion size={40} strokeWidth={1.25} />} title={words("noDocument")} actions={actions}>
      {words("noDocumentText")}
    </MessagePage>
  );
}
