// The same words as for the document's own page.
export { default } from "#app/documents/[id]/not-found.tsx";
