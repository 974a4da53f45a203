"""Every sentence Soleus says in its own voice. Fixed, so that nothing is ever made up."""

from assistant.reading.smalltalk import SmallTalk

NOT_COVERED = "The documents on this shelf don't answer that."
EMPTY = "I couldn't find a question in that. Ask about calf cramps or lower-leg pain from running."
UNAVAILABLE = "Something on our side failed, so there is no answer this time. Please ask again."
NOT_WORDED = "Something on our side failed while the answer was being worded. These are the quotes."
NOT_SET_UP = (
    "Soleus is not fully set up, so it cannot answer anything. Whoever runs this page has to mend"
    " that first; until then, asking again will not help."
)
STILL_LOADING = "Soleus is still loading, longer than it should. Please ask again in a minute."
TOO_MANY = "That is more than may be asked from here for now. Please ask again in a minute."
WAIT = "Whatever else you asked can wait until somebody has looked at this."
INSTRUCTION = (
    "That reads like an instruction to a program. Soleus only answers questions about calf cramps"
    " and lower-leg pain from running."
)
CLARIFY = "That could mean a few things. Which one do you mean?"
SMALL_TALK = {
    SmallTalk.GREETING: (
        "Hello. Ask about calf cramps or lower-leg pain from running, in your own words; "
        "every answer shows the exact words it rests on."
    ),
    SmallTalk.THANKS: "You're welcome. Ask again any time.",
    SmallTalk.ABUSE: (
        "Sorry that didn't help. Tell me what hurts, and when, and I'll look through the documents."
    ),
}
ASK_WITHOUT_CONTACT = "A physio, pharmacist or doctor can look at your leg; these documents can't."


def ask_whom(contact: str) -> str:
    """Whom to ask when the shelf has no answer, with the operator's contact when there is one."""
    if not contact:
        return ASK_WITHOUT_CONTACT
    return f"You can ask {contact}. {ASK_WITHOUT_CONTACT}"
