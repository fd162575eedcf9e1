import { FileQuestion } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { buttonClass } from "#app/_ui/button.tsx";
import { MessagePage } from "#app/_ui/message-page.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("errors"))("notFound") };
}

export default async function NotFound() {
  const [words, common] = [await getTranslations("errors"), await getTranslations("common")];
  return (
    <MessagePage
      icon={<FileQuestion size={40} strokeWidth={1.25} />}
      title={words("nothingHere")}
      actions={
        <Link className={buttonClass("quiet")} href="/documents">
          {common("allDocuments")}
        </Link>
      }
    >
      <p>{words("checkAddress")}</p>
    </MessagePage>
  );
}
