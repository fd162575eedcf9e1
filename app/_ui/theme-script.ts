// Puts the theme on the page before anything is drawn. A text that runs in the page by itself, so it uses nothing from
// elsewhere; theme.ts goes on from there.

export const themeScript = `{
  let theme = null;
  try { theme = localStorage.getItem("theme"); } catch {}
  if (theme !== "light" && theme !== "dark") theme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  document.documentElement.dataset.theme = theme;
  document.documentElement.style.colorScheme = theme;
}`;
