"""What is kept of chats where a club has switched that on: no names, no times, a code to delete by.

turn_of, feedback_of ─▶ Records (store.py) ◀─ sql/ (SQLite, PostgreSQL)
                           └─▶ gaps ─▶ gaps_html
"""
