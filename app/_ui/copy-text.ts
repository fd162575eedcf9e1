/** Puts text on the clipboard. Answers whether it is there: browsers refuse it on pages that came without TLS. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
