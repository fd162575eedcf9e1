// The languages that a code block offers. A block may name any other; it is then shown by that name, uncoloured.

interface Language {
  id: string;
  title: string;
  /** Other names that mean the same, as they stand in Markdown fences. */
  aliases?: string[];
}

export const languages: Language[] = [
  { id: "bash", title: "Bash", aliases: ["sh", "zsh"] },
  { id: "c", title: "C", aliases: ["h"] },
  { id: "cpp", title: "C++", aliases: ["cc", "c++", "hpp", "cxx"] },
  { id: "csharp", title: "C#", aliases: ["cs", "c#"] },
  { id: "css", title: "CSS" },
  { id: "diff", title: "Diff", aliases: ["patch"] },
  { id: "go", title: "Go", aliases: ["golang"] },
  { id: "graphql", title: "GraphQL", aliases: ["gql"] },
  { id: "xml", title: "HTML, XML", aliases: ["html", "xhtml", "svg", "rss"] },
  { id: "ini", title: "INI, TOML", aliases: ["toml"] },
  { id: "java", title: "Java" },
  { id: "javascript", title: "JavaScript", aliases: ["js", "jsx", "mjs", "cjs"] },
  { id: "json", title: "JSON", aliases: ["jsonc", "json5"] },
  { id: "kotlin", title: "Kotlin", aliases: ["kt", "kts"] },
  { id: "markdown", title: "Markdown", aliases: ["md"] },
  { id: "php", title: "PHP" },
  { id: "python", title: "Python", aliases: ["py"] },
  { id: "r", title: "R" },
  { id: "ruby", title: "Ruby", aliases: ["rb"] },
  { id: "rust", title: "Rust", aliases: ["rs"] },
  { id: "shell", title: "Shell session", aliases: ["console", "shellsession"] },
  { id: "sql", title: "SQL" },
  { id: "swift", title: "Swift" },
  { id: "typescript", title: "TypeScript", aliases: ["ts", "tsx", "mts", "cts"] },
  { id: "yaml", title: "YAML", aliases: ["yml"] },
];

/** The offered language that a block's word means, or null. */
export function languageNamed(word: string | null): Language | null {
  const wanted = word?.toLowerCase();
  return languages.find(({ id, aliases }) => id === wanted || aliases?.includes(wanted ?? "")) ?? null;
}
