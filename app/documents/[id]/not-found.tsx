// The same words for "not there" and "not yours".
import { FileQuestion } from "lucide-react";
import Link from "next/link";
import { buttonClass } from "#app/_ui/button.tsx";
import { MessagePage } from "#app/_ui/message-page.tsx";

export default function NoDocument() {
  const actions = (
    <Link className={buttonClass()} href="/documents">
      All documents
    </Link>
  );
  return (
    <MessagePage
      icon={<FileQuestion size={40} strokeWidth={1.25} />}
      title="There is no document here, or you may not open it"
      actions={actions}
    >
      Check the address, or ask whoever sent it to you.
    </MessagePage>
  );
}
