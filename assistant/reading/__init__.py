"""Reading a question: mend its spelling, find what is asked, carry the subject into a follow-up."""
