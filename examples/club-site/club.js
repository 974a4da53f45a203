// A link with data-ask asks its question in the chat. Without the chat it stays what it is: a link.
"use strict";

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-ask]");
  const chat = document.querySelector("soleus-chat");
  const plain = event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
  if (!link || !plain || typeof chat?.ask !== "function") return;
  event.preventDefault();
  // Should it come to nothing, the chat itself tells the reader so.
  Promise.resolve(chat.ask(link.dataset.ask)).catch(() => {});
});
