/* Every text of the widget's own. `{}` is filled in. What comes from the server (answers, warnings, refusals) is
   English in every language: fixed words that were vetted are not translated by anybody who did not vet them. */

export const strings = {
  close: "Close",
  back: "Back",
  fresh: "New chat",
  about: "About this chat",

  greeting: "What’s up with your calf?",
  lead: "Ask in your own words. Press the number behind a sentence to read what it rests on.",
  label: "Your question",
  placeholder: "My calf cramps when…",
  send: "Send",
  stop: "Stop",
  notice: "AI assistant: not a person, not a doctor.",

  looking: "Looking through the texts…",
  line: "In line: {} before you…",
  stopped: "Stopped. The rest was not shown.",
  broke: "The connection was lost. The rest was not shown.",
  lost: "The connection was lost. Trying again…",
  offline: "No connection to the server.",
  origin: "This website may not ask here: its webmaster has to have it listed.",
  again: "Try again",

  article: "Article",
  post: "Forum post",
  summary: "our summary of",
  quoted: "quoted from",
  byQuotes: "Sentences from our texts, unchanged",
  byModel: "Worded by {}, each sentence checked against the texts",
  toQuotes: "Show the quotes",
  toWorded: "Show the written answer",
  disagree: "Our sources disagree",
  product: "Product mention: one poster’s opinion",
  uncovered: "Not in our texts",
  nearby: "What our texts do cover",
  evidence: "What better evidence says",
  signs: "Signs to look for",
  own: "Soleus’s own words, not the texts’.",
  source: "Source {}",

  copy: "Copy",
  copied: "Copied",
  repeat: "Ask again",
  helped: "Did this help?",
  yes: "Yes",
  no: "No",
  thanks: "Thank you. That was noted.",
  failed: "That did not work just now.",

  mayRead: "May {} read your questions?",
  mayReadMore:
    "The language model {} can word the answers; each sentence is checked before you see it. What you ask from now on is then sent there. Without it you get quotes.",
  agree: "Yes, let it word answers",
  refuse: "No, quotes only",
  agreed: "{} reads what you ask from now on.",
  refused: "You get quotes only.",

  danger:
    "If something is badly wrong, call your local emergency number. This chat looks out for some warning signs, and can miss them.",
  checks: "What it checks",
  unkept: "Nothing you type is written down. Your browser keeps this chat until you close the tab.",
  kept: "Your questions are kept for {} days; names that are noticed are masked.",
  keptWordless: "What became of your questions is kept for {} days, without their words.",
  code: "The code of this chat: {}. Whoever has it can have the chat deleted.",
  erase: "Delete this chat",
  sure: "Delete for good? Press once more",
  erased: "Deleted.",
  privacy: "Privacy note",
};

export type Strings = typeof strings;
