import { FileQuestion } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { buttonClass } from "#app/_ui/button.tsx";
import { MessagePage } from "#app/_ui/message-page.tsx";

export const metadata: Metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <MessagePage
      icon={<FileQuestion size={40} strokeWidth={1.25} />}
      title="There is nothing at this address"
      actions={
        <Link className={buttonClass("quiet")} href="/documents">
          All documents
        </Link>
      }
    >
      <p>Check it, or ask whoever sent it to you.</p>
    </MessagePage>
  );
}
