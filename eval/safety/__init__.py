"""How safe Soleus is: what the guard sees and misses, and what no reply may ever say."""
