"""Turns in a database: a file of this machine or a PostgreSQL. The only door to SQLAlchemy.

sql_records ─▶ sqlite_place, postgres_place ─▶ tables ─▶ failures
"""
