import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { buttonClass } from "#app/_ui/button.tsx";
import { MessagePage } from "#app/_ui/message-page.tsx";
import { Sign } from "#app/_ui/sign.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("errors"))("notFound") };
}

export default async function NotFound() {
  const [words, common] = [await getTranslations("errors"), await getTranslations("common")];
  return (
    <MessagePage
      icon={<Sign name="nothing" />}
      title={words("nothingHere")}
      actions={
        <a className={buttonClass("quiet")} href="/documents">
          {common("allDocuments")}
        </a>
      }
    >
      <p>{words("checkAddress")}</p>
    </MessagePage>
  );
}
