// What a row of the list needs when somebody is about to do something with its document: loaded then, in one piece.
export { RowItems } from "./row-items.tsx";
export { TitleInput } from "./title-input.tsx";
