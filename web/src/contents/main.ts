import { Contents } from "./contents";

window.deckContents = (...parts) => new Contents(...parts);
document.dispatchEvent(new Event("deck-contents"));
