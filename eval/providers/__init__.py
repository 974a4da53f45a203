"""Whoever replies to the questions: Soleus in this process, or anything that speaks its JSON."""
